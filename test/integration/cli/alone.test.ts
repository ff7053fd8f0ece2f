import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import { bundle } from '../../support/cli/cliProcess.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'buildstream-alone-'));
after(() => {
  rmSync(folder, { recursive: true });
});
copyFileSync(bundle, path.join(folder, 'cli.js'));
writeFileSync(path.join(folder, 'pxe_mapping_file.csv'), 'A\n');
const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['cli.js', ...args], { cwd: folder, encoding: 'utf8', input: '' });

suite('cli.js without a file beside it', () => {
  const commands: readonly (readonly [readonly string[], RegExp])[] = [
    [['explain', 'bad-mac'], /^# bad-mac/],
    [['--licenses'], /\njs-yaml \d/],
    [['validate', 'pxe_mapping_file.csv', '--format', 'sarif'], /"fullDescription"|"help"/],
    [['completion', 'bash'], /_buildstream/],
  ];
  for (const [args, told] of commands) {
    test(`does ${args.join(' ')}`, () => {
      const { stdout, stderr } = run(...args);
      assert.match(stdout, told, stderr);
    });
  }

  test('says which file mcp lacks', () => {
    const { stderr, status } = run('mcp');
    assert.match(stderr, /needs the file cli\.mcp\.js/);
    assert.equal(status, 2);
  });
});
