import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { folderOf } from '../../support/cli/files.ts';
import { runCli } from '../../support/cli/runCli.ts';
import { validFile } from '../../support/editing/validFile.ts';

const place = 'input/pxe_mapping_file.csv';
const text = validFile('2.2', 4);

/** A project with two commits: four nodes, then a changed address of the second. */
function project(context: TestContext): string {
  const cwd = folderOf(context, { [place]: text });
  const inGit = (...args: string[]) =>
    execFileSync('git', ['-C', cwd, '-c', 'user.name=me', '-c', 'user.email=me@example.com', ...args]);
  inGit('init', '--quiet', '--initial-branch', 'main');
  inGit('add', '.');
  inGit('commit', '--quiet', '-m', 'four nodes');
  writeFileSync(path.join(cwd, place), text.replace('172.17.0.2,', '172.17.0.99,'));
  inGit('commit', '--quiet', '-am', 'another address');
  return cwd;
}

test('diff tells nodes and cells between commits and the file, and what a deploy of it restarts', async (context) => {
  const cwd = project(context);
  const lines = text.replace('172.17.0.2,', '172.17.0.99,').split('\n');
  const fresh = validFile('2.2', 5).split('\n')[5] ?? '';
  writeFileSync(path.join(cwd, place), [...lines.slice(0, 3), lines[4], fresh, ''].join('\n'));
  const { code, stdout, stderr } = await runCli(['diff'], { cwd });
  assert.equal(code, 0, stderr);
  assert.match(
    stdout,
    /^Nodes: HEAD ↔ input\/pxe_mapping_file\.csv\nAdded: 1\. Changed: 0\. Removed: 1\. The same: 3\.\n/,
  );
  assert.match(stdout, /Added:\nNODE .*\ncn005 +TAG1004 /);
  assert.match(stdout, /Removed:\nNODE .*\ncn003 +TAG1002 /);
  assert.match(stdout, /Slurm nodes whose row was removed \(1\): cn003/);
  assert.match(stdout, /cn005 .*new in the mapping file/);
  // The plan equals that of `plan` with the same base.
  const planned = await runCli(['plan', '--base', 'HEAD'], { cwd });
  assert.ok(stdout.includes(planned.stdout), planned.stdout);
  const two = await runCli(['diff', 'HEAD~1', 'main', '--json'], { cwd });
  const told = JSON.parse(two.stdout) as {
    added: [];
    removed: [];
    same: number;
    changed: [{ node: { hostname: string }; cells: [] }];
  };
  assert.deepEqual([told.added, told.removed, told.same, told.changed[0].node.hostname], [[], [], 3, 'cn002']);
  assert.deepEqual(told.changed[0].cells, [{ column: 'BMC_IP', before: '172.17.0.2', after: '172.17.0.99' }]);
  const page = await runCli(['diff', 'HEAD~1', 'HEAD', '--format', 'markdown'], { cwd });
  const plain = page.stdout.replaceAll('\\', '');
  assert.ok(plain.startsWith('# Nodes: HEAD~1 ↔ HEAD\n'), plain);
  assert.ok(plain.includes('| cn002 | BMC_IP | 172.17.0.2 | 172.17.0.99 |\n'), plain);
  assert.match(plain, /\n# What the restart stage will do\n/);
});

test('a version that could not be deployed is compared all the same, and the reason for no plan is told', async (context) => {
  const cwd = project(context);
  writeFileSync(path.join(cwd, place), text.replace('172.16.0.3', '172.16.0.4'));
  const { code, stdout } = await runCli(['diff'], { cwd });
  assert.equal(code, 0);
  assert.match(stdout, /cn003 +ADMIN_IP +172\.16\.0\.3 +172\.16\.0\.4\n/);
  assert.match(stdout, /has an error, so no node is touched/);
});

test('diff says what it cannot compare', async (context) => {
  const cwd = project(context);
  for (const [args, told] of [
    [['nothing'], /Git has no commit "nothing"/],
    [['--', '--output=x'], /Git has no commit/],
    [['a', 'b', 'c'], /at most two versions/],
    [['--mapping', '-'], /standard input cannot be compared/],
    [['--mapping', 'missing.csv'], /missing\.csv/],
  ] as const) {
    const { code, stderr } = await runCli(['diff', ...args], { cwd });
    assert.equal(code, 2);
    assert.match(stderr, told);
  }
});
