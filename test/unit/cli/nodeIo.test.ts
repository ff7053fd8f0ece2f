import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { suite, test } from 'node:test';
import { nodeIo, type NodeProcess } from '@omnia-buildstream/cli/nodeIo';

/** A process whose streams are terminals or pipes. */
function fakeProcess(isTTY: boolean) {
  const modes: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), { isTTY, setRawMode: (mode: boolean) => modes.push(mode) });
  const [stdout, stderr] = [Object.assign(new PassThrough(), { isTTY }), Object.assign(new PassThrough(), { isTTY })];
  const process = Object.assign(new EventEmitter(), { stdin, stdout, stderr, env: {}, cwd: () => '/' });
  const shown = (): string => String(stderr.read() ?? '');
  return { stdin, stdout, modes, shown, events: process, io: nodeIo(process as unknown as NodeProcess) };
}

suite('a secret at the terminal', () => {
  for (const [title, typed, answer] of [
    ['is what was typed until Enter', ['s3', 'cret\r', 'more'], 's3cret'],
    ['can be corrected', ['secrez\u007ft😀\b\n'], 'secret'],
    ['is nothing after Ctrl-C', ['sec\u0003'], undefined],
    ['is nothing after Ctrl-D', ['\u0004'], undefined],
  ] as const) {
    test(title, async () => {
      const { stdin, modes, shown, io } = fakeProcess(true);
      const asked = io.askSecret('Token: ');
      for (const text of typed) stdin.write(text);
      assert.equal(await asked, answer);
      assert.equal(shown(), 'Token: \n');
      assert.deepEqual(modes, [true, false]);
      assert.equal(stdin.listenerCount('data'), 0);
    });
  }

  test('may have a letter of several bytes that arrives in two parts', async () => {
    const { stdin, io } = fakeProcess(true);
    const asked = io.askSecret('');
    const bytes = Buffer.from('pässword\r');
    stdin.write(bytes.subarray(0, 2));
    stdin.write(bytes.subarray(2));
    assert.equal(await asked, 'pässword');
  });

  test('is nothing when the terminal goes away, and nobody is asked without one', async () => {
    const gone = fakeProcess(true);
    const asked = gone.io.askSecret('');
    gone.stdin.end();
    assert.equal(await asked, undefined);
    const pipe = fakeProcess(false);
    assert.deepEqual([await pipe.io.askSecret('x'), await pipe.io.ask('x'), pipe.shown()], [undefined, undefined, '']);
  });
});

test('signals reach who listens, and nobody after that', () => {
  const { events, io } = fakeProcess(false);
  const seen: string[] = [];
  const end = io.onSignal(['SIGINT', 'SIGTERM'], (name) => seen.push(name));
  events.emit('SIGINT', 'SIGINT');
  events.emit('SIGTERM', 'SIGTERM');
  end();
  events.emit('SIGINT', 'SIGINT');
  assert.deepEqual(seen, ['SIGINT', 'SIGTERM']);
});

test('a closed output takes texts without a word, and says that it is closed', async () => {
  const { stdout, io } = fakeProcess(false);
  stdout.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(io.stdout.isClosed, true);
  await io.stdout.write('lost');
});
