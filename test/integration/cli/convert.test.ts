import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { folderOf } from '../../support/cli/files.ts';
import { runCli } from '../../support/cli/runCli.ts';
import { validFile } from '../../support/editing/validFile.ts';

const text = validFile('2.2', 5);

test('convert prints the file in the layout of another version, which validates there', async () => {
  const args = ['convert', '-', '--to', '2.3os', '--os-release', 'rhel_10_0'];
  const { code, stdout } = await runCli(args, { stdin: text });
  assert.equal(code, 0);
  assert.equal(stdout, validFile('2.3os', 5));
  assert.equal((await runCli(['validate', '-', '--omnia', '2.3os'], { stdin: stdout })).code, 0);
});

test('convert refuses the whole file, and --write leaves it as it was', async (context) => {
  const folder = folderOf(context, { 'map.csv': text });
  const refused = await runCli(['convert', 'map.csv', '--to', '2.3os', '--write'], { cwd: folder });
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /map\.csv: Omnia 2\.3os requires the OS release in these roles/);
  assert.equal(readFileSync(path.join(folder, 'map.csv'), 'utf8'), text);
  const written = await runCli(['convert', 'map.csv', '--to', '2.1', '--write'], { cwd: folder });
  assert.equal(written.code, 0);
  assert.equal(written.stdout, '');
  assert.equal(readFileSync(path.join(folder, 'map.csv'), 'utf8'), validFile('2.1', 5));
});

test('convert says what it wants', async () => {
  for (const [args, message] of [
    [['-'], /--to/],
    [['--to', '2.2'], /Name one mapping file/],
    [['-', '--to', '3.0'], /--to/],
    [['-', '--to', '2.2', '--write'], /leave out --write/],
  ] as const) {
    const { code, stderr } = await runCli(['convert', ...args], { stdin: text });
    assert.equal(code, 2);
    assert.match(stderr, message);
  }
});
