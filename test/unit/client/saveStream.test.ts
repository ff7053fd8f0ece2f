import assert from 'node:assert/strict';
import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { nodeFiles } from '@omnia-buildstream/engine/files/fileSystem';
import { saveStream } from '@omnia-buildstream/client/platform/saveStream';

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'buildstream-save-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) {
    await Promise.resolve();
    if (text === 'cut') throw new Error('the connection was cut');
    yield Buffer.from(text);
  }
}

test('the bytes arrive in one piece, and replace what was there', async (t) => {
  const folder = await folderOf(t);
  const file = path.join(folder, 'a.log');
  await writeFile(file, 'a longer text that was there before');
  await saveStream(file, pieces('one\r\n', '\u001b[31mtwo'));
  assert.equal(await readFile(file, 'utf8'), 'one\r\n\u001b[31mtwo');
  assert.deepEqual(await readdir(folder), ['a.log']);
});

test('a stream that is cut leaves the file as it was, and nothing beside it', async (t) => {
  const folder = await folderOf(t);
  const file = path.join(folder, 'a.log');
  await writeFile(file, 'before');
  await assert.rejects(saveStream(file, pieces('one', 'cut')), /was cut/);
  assert.equal(await readFile(file, 'utf8'), 'before');
  assert.deepEqual(await readdir(folder), ['a.log']);
});

test('a full disk leaves nothing behind', async (t) => {
  const folder = await folderOf(t);
  const full: typeof open = async (...args) => {
    const handle = await open(...args);
    handle.writeFile = () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
    return handle;
  };
  await assert.rejects(saveStream(path.join(folder, 'a.log'), pieces('one'), { ...nodeFiles, open: full }), {
    code: 'ENOSPC',
  });
  assert.deepEqual(await readdir(folder), []);
});
