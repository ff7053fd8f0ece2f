import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAnsi, stripAnsi } from '@omnia-buildstream/gitlab/trace/ansi';
import { TraceFollower, tracePauseMs, type TraceBody } from '@omnia-buildstream/gitlab/trace/follow';
import { readLine, TraceLines } from '@omnia-buildstream/gitlab/trace/lines';
import { outline } from '@omnia-buildstream/gitlab/trace/outline';
import { TraceTail } from '@omnia-buildstream/gitlab/trace/tail';

/** A log in chunks; counts what was read. */
function body(text: string, { pieceBytes = 7, hasLength = false } = {}): TraceBody {
  const bytes = Buffer.from(text);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      await Promise.resolve();
      yield bytes.subarray(at, at + pieceBytes);
    }
  }
  return { lengthBytes: hasLength ? bytes.length : undefined, chunks: chunks(), discard: () => undefined };
}

class Screen {
  text = '';
  clears = 0;
  readonly #decoder = new TextDecoder();
  append(chunk: Uint8Array) {
    this.text += this.#decoder.decode(chunk, { stream: true });
  }
  clear() {
    this.text = '';
    this.clears += 1;
  }
}

test('a growing log is appended, never redrawn', async () => {
  const screen = new Screen();
  const follower = new TraceFollower(screen);
  const whole = 'Zeile eins: ä\nline two: 日本\nline three\n';
  const changes: string[] = [];
  for (const end of [0, 5, 13, 13, 20, whole.length]) {
    changes.push(await follower.update(() => Promise.resolve(body(whole.slice(0, end)))));
  }
  assert.deepEqual(changes, ['unchanged', 'appended', 'appended', 'unchanged', 'appended', 'appended']);
  assert.equal(screen.text, whole);
  assert.equal(screen.clears, 0);
});

test('a log that became another one is redrawn', async () => {
  const screen = new Screen();
  const follower = new TraceFollower(screen);
  await follower.update(() => Promise.resolve(body('one two three')));
  assert.equal(await follower.update(() => Promise.resolve(body('one TWO three four'))), 'redrawn');
  assert.equal(screen.text, 'one TWO three four');
  assert.equal(await follower.update(() => Promise.resolve(body('short'))), 'redrawn');
  assert.equal(screen.text, 'short');
  assert.equal(screen.clears, 2);
});

test('an unchanged length is not read again', async () => {
  const screen = new Screen();
  const follower = new TraceFollower(screen);
  await follower.update(() => Promise.resolve(body('abc', { hasLength: true })));
  let isDiscarded = false;
  const again = { ...body('abc', { hasLength: true }), discard: () => (isDiscarded = true) };
  assert.equal(await follower.update(() => Promise.resolve(again)), 'unchanged');
  assert.ok(isDiscarded);
});

test('a log of 100 MB is followed in bounded memory', async () => {
  const piece = Buffer.alloc(1_000_000, 'x');
  let shown = 0;
  const follower = new TraceFollower({
    append: (chunk) => {
      shown += chunk.byteLength;
    },
    clear: () => assert.fail('redrawn'),
  });
  async function* chunks(count: number) {
    for (let at = 0; at < count; at += 1) {
      await Promise.resolve();
      yield piece;
    }
  }
  const before = process.memoryUsage().arrayBuffers;
  for (const count of [60, 100]) {
    await follower.update(() =>
      Promise.resolve({ lengthBytes: undefined, chunks: chunks(count), discard: () => undefined }),
    );
  }
  assert.equal(shown, 100_000_000);
  assert.ok(process.memoryUsage().arrayBuffers - before < 20_000_000);
});

test('large or quiet logs are looked at less often', () => {
  assert.equal(tracePauseMs(1000, 0), 3000);
  assert.ok(tracePauseMs(1000, 3) > 9000);
  assert.equal(tracePauseMs(1000, 99), 30_000);
  assert.equal(tracePauseMs(100_000_000, 0), 30_000);
});

test('sections, timestamps and progress bars are understood', () => {
  const start = readLine(
    'section_start:1700000000:step_script[collapsed=true]\r\u001b[0K\u001b[36;1mRunning\u001b[0;m',
  );
  assert.deepEqual(start.sections, [
    { kind: 'start', name: 'step_script', timeMs: 1_700_000_000_000, isCollapsed: true },
  ]);
  assert.equal(stripAnsi(start.text), 'Running');
  const both = readLine('section_end:1700000005:a\r\u001b[0Ksection_start:1700000006:b\r\u001b[0KNext');
  assert.deepEqual(
    both.sections.map(({ kind, name }) => `${kind} ${name}`),
    ['end a', 'start b'],
  );
  assert.equal(both.text, 'Next');
  const stamped = readLine('2024-05-14T11:19:20.000000Z 00E+more text');
  assert.deepEqual(
    [stamped.timestamp, stamped.isError, stamped.isContinued, stamped.text],
    ['2024-05-14T11:19:20.000000Z', true, true, 'more text'],
  );
  assert.equal(readLine('2024-05-14T11:19:20.000000\0\0Z 00O text').text, 'text');
  assert.equal(readLine('10%\r50%\r100%').text, '100%');
  assert.equal(readLine('windows\r').text, 'windows');
  assert.equal(readLine('2024-05-14 is a date').text, '2024-05-14 is a date');
});

test('lines come whole, whatever the pieces', () => {
  const whole = 'one\ntwo\n\nthree';
  for (let cut = 0; cut <= whole.length; cut += 1) {
    const lines = new TraceLines();
    const found = [...lines.push(whole.slice(0, cut)), ...lines.push(whole.slice(cut)), ...lines.end()];
    assert.deepEqual(
      found.map(({ text }) => text),
      ['one', 'two', '', 'three'],
    );
  }
});

test('colours become spans and go on in the next line', () => {
  const first = parseAnsi('a\u001b[31;1mred\u001b[0mplain \u001b[38;5;200mcube\u001b[48;2;1;2;255m');
  assert.deepEqual(first.spans, [
    { text: 'a', style: {} },
    { text: 'red', style: { foreground: 1, bold: true } },
    { text: 'plain ', style: {} },
    { text: 'cube', style: { foreground: 200 } },
  ]);
  assert.deepEqual(first.style, { foreground: 200, background: '#0102ff' });
  assert.deepEqual(parseAnsi('x', first.style).spans[0]?.style, first.style);
  assert.equal(stripAnsi('\u001b]8;;https://x\u0007link\u001b]8;;\u0007\u001b[2K\u001b[1A!'), 'link!');
});

test('the outline has nested sections with durations; what never ends reaches to the end', () => {
  const lines = [
    'section_start:10:outer\r\u001b[0KOuter',
    'x',
    'section_start:11:inner\r\u001b[0KInner',
    'y',
    'section_end:13:inner\r\u001b[0K',
    'section_end:20:outer\r\u001b[0Ksection_start:20:last\r\u001b[0KLast',
    'z',
  ].map(readLine);
  assert.deepEqual(
    outline(lines).map(({ title, startLine, endLine, durationMs, depth }) => [
      title,
      startLine,
      endLine,
      durationMs,
      depth,
    ]),
    [
      ['Outer', 0, 4, 10_000, 0],
      ['Inner', 2, 3, 2000, 1],
      ['Last', 5, 6, undefined, 0],
    ],
  );
  assert.deepEqual(outline([readLine('section_end:1:x\r\u001b[0K')]), []);
});

test('the tail keeps the newest lines and counts the others', () => {
  const tail = new TraceTail<string>(100, (line) => line.length);
  for (let index = 0; index < 10_000; index += 1) tail.push(String(index).padStart(10, '0'));
  assert.equal(tail.lines.length, 10);
  assert.equal(tail.lines.at(-1), '0000009999');
  assert.equal(tail.droppedLines, 9990);
  tail.push('y'.repeat(500));
  assert.equal(tail.lines.length, 1);
});
