import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { filesNow } from '../../support/filesNow.ts';

test('files below a folder are read as they are at one moment; what goes meanwhile is gone', (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'buildstream-files-'));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  mkdirSync(path.join(folder, 'a/b'), { recursive: true });
  mkdirSync(path.join(folder, 'left'), { recursive: true });
  writeFileSync(path.join(folder, 'a/b/one'), Buffer.from([0x31, 0xff]));
  writeFileSync(path.join(folder, 'two'), '2');
  writeFileSync(path.join(folder, 'left/three'), '3');
  symlinkSync('nowhere', path.join(folder, 'a/link'));
  assert.deepEqual(
    [...filesNow(folder, ['left'])],
    [
      [path.join(folder, 'a/b/one'), '1\u00ff'],
      [path.join(folder, 'two'), '2'],
    ],
  );
  assert.equal(filesNow(folder).size, 3);
  assert.equal(filesNow(path.join(folder, 'not there')).size, 0);
});

test('a folder in use is read while others write and remove in it', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'buildstream-files-'));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const churn = `
    const { parentPort, workerData } = require('node:worker_threads');
    const { mkdirSync, rmSync, writeFileSync } = require('node:fs');
    let isOver = false;
    parentPort.on('message', () => (isOver = true));
    const turn = (n) => {
      for (let i = 0; i < 50; i++) {
        const name = workerData + '/' + String((n + i) % 7);
        mkdirSync(name, { recursive: true });
        writeFileSync(name + '/vscode.lock', 'x');
        rmSync(name, { recursive: true, force: true });
      }
      if (isOver) process.exit(0);
      setImmediate(turn, n + 1);
    };
    turn(0);
  `;
  const worker = new Worker(churn, { eval: true, workerData: folder });
  const ended = once(worker, 'exit');
  for (let look = 0; look < 300; look++) for (const text of filesNow(folder).values()) assert.ok(text.length <= 1);
  worker.postMessage('enough');
  await ended;
});
