import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fixture, fixtures, folderOf } from './runCli.ts';

const launcher = path.resolve(import.meta.dirname, '../../../packages/cli/bin/buildstream.cjs');

test('the process reads standard input, writes both outputs and ends with the exit code', () => {
  const ran = spawnSync(process.execPath, [launcher, 'validate', '-'], {
    input: fixture('107-dup-admin-ip.csv'),
    encoding: 'utf8',
  });
  assert.equal(ran.status, 1);
  assert.match(ran.stdout, /^-:\d+:\d+: error dup-admin-ip: /m);
  assert.match(ran.stderr, /^note: not checked without /);
});

test('every output arrives, however long', () => {
  const [header = '', row = ''] = fixture('001-slurm-only.csv').split('\n');
  const input = `${header}\n${`${row}\n`.repeat(5000)}`;
  const ran = spawnSync(process.execPath, [launcher, 'validate', '-', '--format', 'json'], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  assert.equal(ran.status, 1);
  const { files } = JSON.parse(ran.stdout) as { files: { findings: object[] }[] };
  assert.ok((files[0]?.findings.length ?? 0) > 5000);
});

test('a reader that goes away ends the output quietly', async (context) => {
  const [header = '', row = ''] = fixture('001-slurm-only.csv').split('\n');
  const folder = folderOf(context, { 'map.csv': `${header}\n${`${row}\n`.repeat(20_000)}` });
  const child = spawn(process.execPath, [launcher, 'validate', path.join(folder, 'map.csv'), '--quiet']);
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.deepEqual([code, stderr], [1, '']);
});

test('--fix as a process', (context) => {
  const folder = folderOf(context, { 'map.csv': readFileSync(path.join(fixtures, '017-padded-cells.csv')) });
  const ran = spawnSync(process.execPath, [launcher, 'validate', 'map.csv', '--fix'], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.equal(ran.status, 0);
  assert.match(ran.stderr, /map\.csv: repaired/);
});
