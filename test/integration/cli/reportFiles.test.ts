import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { fixture, folderOf } from '../../support/cli/files.ts';
import { runCli } from '../../support/cli/runCli.ts';

const wrong = fixture('107-dup-admin-ip.csv');
const formats = ['text', 'json', 'sarif', 'codequality', 'junit'] as const;

suite('reports in files', () => {
  for (const format of formats) {
    test(`--output has what --format ${format} prints, and nothing is printed instead`, async (context) => {
      const folder = folderOf(context, { 'map.csv': wrong });
      const check = ['validate', 'map.csv', '--omnia', '2.2', '--format', format];
      const printed = await runCli(check, { cwd: folder });
      const written = await runCli([...check, '--output', 'report'], { cwd: folder });
      assert.equal(readFileSync(path.join(folder, 'report'), 'utf8'), printed.stdout);
      assert.deepEqual([written.stdout, written.code], ['', 1]);
    });
  }

  test('--report writes others besides, of the same run', async (context) => {
    const folder = folderOf(context, { 'map.csv': wrong });
    const more = formats.flatMap((format) => ['--report', `${format}=${format}.out`]);
    const { stdout } = await runCli(['validate', 'map.csv', '--omnia', '2.2', ...more], { cwd: folder });
    assert.equal(readFileSync(path.join(folder, 'text.out'), 'utf8'), stdout);
    for (const format of formats) assert.ok(existsSync(path.join(folder, `${format}.out`)), format);
  });

  test('one that cannot be written ends with 2 and says which', async (context) => {
    const folder = folderOf(context, { 'map.csv': wrong });
    for (const option of [
      ['--output', 'missing/report'],
      ['--report', 'json=missing/report'],
    ]) {
      const { code, stderr } = await runCli(['validate', 'map.csv', '--omnia', '2.2', ...option], { cwd: folder });
      assert.equal(code, 2, option.join(' '));
      assert.match(stderr, /missing\/report/);
    }
  });
});
