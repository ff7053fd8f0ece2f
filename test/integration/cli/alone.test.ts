import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import * as esbuild from 'esbuild';
import { commandLine } from '../../../scripts/bundle/commandLine.mjs';
import { commonOptions } from '../../../scripts/bundle/common.mjs';
import { bundle } from '../../support/cli/cliProcess.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'buildstream-alone-'));
after(() => {
  rmSync(folder, { recursive: true });
});
writeFileSync(path.join(folder, 'pxe_mapping_file.csv'), 'A\n');
const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', input: '' });

suite('buildstream.cjs, which is one file', () => {
  before(() =>
    esbuild.build(commandLine(commonOptions(true), { outfile: path.join(folder, 'buildstream.cjs'), isOneFile: true })),
  );
  const commands: readonly (readonly [readonly string[], RegExp])[] = [
    [['explain', 'bad-mac'], /^# bad-mac/],
    [['--licenses'], /\njs-yaml \d/],
    [['validate', 'pxe_mapping_file.csv', '--format', 'sarif'], /"fullDescription"|"help"/],
    [['completion', 'bash'], /_buildstream/],
    [['mcp', '--help'], /^Usage: buildstream mcp/],
  ];
  for (const [args, told] of commands) {
    test(`does ${args.join(' ')}`, () => {
      const { stdout, stderr } = run('buildstream.cjs', ...args);
      assert.match(stdout, told, stderr);
    });
  }
});

suite('cli.js without the file beside it', () => {
  before(() => {
    copyFileSync(bundle, path.join(folder, 'cli.js'));
  });

  test('checks a file', () => {
    const { stdout, status } = run('cli.js', 'validate', 'pxe_mapping_file.csv');
    assert.match(stdout, /error missing-column/);
    assert.equal(status, 1);
  });

  test('says what any other command lacks, and with a file of another build too', () => {
    const says = (): void => {
      const { stderr, status } = run('cli.js', 'plan', 'pxe_mapping_file.csv');
      assert.match(stderr, /^buildstream: This needs the file cli\.parts\.js of the same build beside cli\.js\./);
      assert.equal(status, 2);
    };
    says();
    writeFileSync(path.join(folder, 'cli.parts.js'), '//0123456789abcdef\n//KGZ1bmN0aW9u\n');
    says();
  });
});
