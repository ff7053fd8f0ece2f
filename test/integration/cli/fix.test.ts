import assert from 'node:assert/strict';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { fixture, fixtures, folderOf } from '../../support/cli/files.ts';
import { runCli } from '../../support/cli/runCli.ts';

const padded = fixture('017-padded-cells.csv');

test('--fix repairs the file, keeps its mode, says what it did, and has nothing to do the second time', async (context) => {
  const folder = folderOf(context, { 'map.csv': padded });
  const file = path.join(folder, 'map.csv');
  chmodSync(file, 0o640);
  const { code, stdout, stderr } = await runCli(['validate', file, '--fix']);
  assert.equal(code, 0);
  assert.match(stderr, /map\.csv: repaired \d+ surrounding-blanks/);
  assert.match(stdout, /no problems/);
  assert.notEqual(readFileSync(file, 'utf8'), padded);
  assert.equal(statSync(file).mode & 0o777, 0o640);
  assert.deepEqual(readdirSync(folder), ['map.csv']);

  const { mtimeMs } = statSync(file);
  const again = await runCli(['validate', file, '--fix']);
  assert.doesNotMatch(again.stderr, /repaired/);
  assert.equal(statSync(file).mtimeMs, mtimeMs);
});

test('--fix - prints the repaired text, and the report goes to standard error', async () => {
  const { code, stdout, stderr } = await runCli(['validate', '-', '--fix'], { stdin: padded });
  assert.equal(code, 0);
  assert.equal(stdout.split('\n').length, padded.split('\n').length);
  assert.match(stderr, /-: no problems/);
  assert.equal((await runCli(['validate', '-', '--fix'], { stdin: stdout })).stdout, stdout);
});

test('--fix writes through a symbolic link', async (context) => {
  const folder = folderOf(context, { 'real.csv': padded });
  const link = path.join(folder, 'link.csv');
  symlinkSync('real.csv', link);
  await runCli(['validate', link, '--fix']);
  assert.ok(lstatSync(link).isSymbolicLink());
  assert.notEqual(readFileSync(path.join(folder, 'real.csv'), 'utf8'), padded);
});

test('--fix leaves a read-only file alone', async (context) => {
  const folder = folderOf(context, { 'map.csv': padded });
  const file = path.join(folder, 'map.csv');
  chmodSync(file, 0o444);
  const { code, stderr } = await runCli(['validate', file, '--fix']);
  assert.equal(code, 2);
  assert.match(stderr, /is read-only\. Make it writable/);
  assert.equal(readFileSync(file, 'utf8'), padded);
});

test('a full disk costs nothing', async (context) => {
  const folder = folderOf(context, { 'map.csv': padded });
  const file = path.join(folder, 'map.csv');
  const open: typeof fs.open = async (...args) => {
    const handle = await fs.open(...args);
    handle.writeFile = () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
    return handle;
  };
  const { code, stderr } = await runCli(['validate', file, '--fix'], { fs: { open } });
  assert.equal(code, 2);
  assert.match(stderr, /cannot be written: the disk is full\. The file is unchanged\./);
  assert.equal(readFileSync(file, 'utf8'), padded);
  assert.deepEqual(readdirSync(folder), ['map.csv']);
});

test('a file that somebody saves meanwhile is not overwritten', async (context) => {
  const folder = folderOf(context, { 'map.csv': padded });
  const file = path.join(folder, 'map.csv');
  const readFile = (async (name: string) => {
    const bytes = await fs.readFile(name);
    await fs.writeFile(name, 'saved by somebody else\n');
    return bytes;
  }) as typeof fs.readFile;
  const { code, stderr } = await runCli(['validate', file, '--fix'], { fs: { readFile } });
  assert.equal(code, 2);
  assert.match(stderr, /was changed by somebody else/);
  assert.equal(readFileSync(file, 'utf8'), 'saved by somebody else\n');
});

test('a file that is not UTF-8 is left alone', async (context) => {
  const bytes = readFileSync(path.join(fixtures, '057-latin1.csv'));
  const folder = folderOf(context, { 'map.csv': bytes });
  const file = path.join(folder, 'map.csv');
  const { code, stderr } = await runCli(['validate', file, '--fix']);
  assert.equal(code, 1);
  assert.match(stderr, /not UTF-8, so nothing was repaired/);
  assert.deepEqual(readFileSync(file), bytes);
});
