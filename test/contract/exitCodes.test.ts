import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { exitCodeTable } from '@omnia-buildstream/cli/exitCodes';
import { runCli } from '../support/cli/runCli.ts';

const root = path.resolve(import.meta.dirname, '../..');
const table = exitCodeTable.map(({ code, meaning }) => [String(code), meaning]);

test('docs/cli.md has the table of exit codes as it is defined', () => {
  const page = readFileSync(path.join(root, 'docs/cli.md'), 'utf8');
  const section = page.split(/^## /m).find((part) => part.startsWith('Exit codes\n')) ?? '';
  const rows = [...section.matchAll(/^\| (\d+) +\| (.*?) +\|$/gm)].map(([, code, meaning]) => [code, meaning]);
  assert.deepEqual(rows, table);
});

test('buildstream --help tells every exit code with its meaning', async () => {
  const { stdout } = await runCli(['--help']);
  const part = stdout.split('Exit codes:\n')[1] ?? '';
  assert.deepEqual(
    [...part.matchAll(/^ {2}(\d+) {2}(.*)$/gm)].map(([, code, meaning]) => [code, meaning]),
    table,
  );
});

test('no other file of the command line makes up an exit code, and every help names known ones', () => {
  const known = new Set(table.map(([code]) => code));
  for (const file of globSync('packages/cli/src/**/*.ts', { cwd: root })) {
    const text = readFileSync(path.join(root, file), 'utf8');
    if (text.includes('ExitCode') && !file.endsWith('exitCodes.ts'))
      assert.doesNotMatch(text, /(?:return|=) \d;/, file);
    for (const [, list = ''] of text.matchAll(/^Exit codes: ([^`]*)/gm)) {
      for (const [, code] of list.matchAll(/(?:^|[,\s])(\d) /g)) assert.ok(known.has(code ?? ''), `${file}: ${list}`);
    }
  }
});
