import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fixture, fixtures, folderOf } from '../../support/cli/files.ts';
import { runCli } from '../../support/cli/runCli.ts';

const duplicates = fixture('107-dup-admin-ip.csv');

async function report<T>(format: string, text: string): Promise<T> {
  const { stdout } = await runCli(['validate', '-', '--omnia', '2.2', '--format', format], { stdin: text });
  return JSON.parse(stdout) as T;
}

interface Issue {
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

test('Code Quality names a finding the same when lines are inserted above it', async () => {
  const [header = '', ...rows] = duplicates.split('\n');
  const before = await report<Issue[]>('codequality', duplicates);
  const after = await report<Issue[]>('codequality', [header, '', '', ...rows].join('\n'));
  assert.ok(before.length > 0);
  assert.deepEqual(
    after.map(({ fingerprint }) => fingerprint),
    before.map(({ fingerprint }) => fingerprint),
  );
  assert.equal((after[0]?.location.lines.begin ?? 0) - (before[0]?.location.lines.begin ?? 0), 2);
});

test('Code Quality tells findings apart, and has paths from the folder it runs in', async (context) => {
  const [header = '', first = ''] = duplicates.split('\n');
  const folder = folderOf(context, { 'map.csv': [header, first, first, first, ''].join('\n') });
  const { stdout } = await runCli(['validate', path.join(folder, 'map.csv'), '--format', 'codequality'], {
    cwd: folder,
  });
  const issues = JSON.parse(stdout) as Issue[];
  assert.equal(new Set(issues.map(({ fingerprint }) => fingerprint)).size, issues.length);
  assert.deepEqual([...new Set(issues.map(({ location }) => location.path))], ['map.csv']);
  assert.ok(issues.some(({ check_name, severity }) => check_name === 'dup-admin-ip' && severity === 'critical'));
});

test('without findings the machine formats are empty but valid', async () => {
  const clean = fixture('001-slurm-only.csv');
  assert.deepEqual(await report('codequality', clean), []);
  assert.deepEqual(await report('json', clean), { files: [{ path: '-', omnia: '2.2', findings: [] }] });
});

interface Sarif {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly rules: readonly { readonly id: string; readonly help: { readonly text: string } }[] };
    };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly locations: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
      }[];
      readonly relatedLocations?: readonly object[];
    }[];
  }[];
}

test('SARIF refers to its rules, each with the text of its page and no link', async () => {
  const { version, runs } = await report<Sarif>('sarif', duplicates);
  assert.equal(version, '2.1.0');
  const [run] = runs;
  const result = run?.results.find(({ ruleId }) => ruleId === 'dup-admin-ip');
  const rule = run?.tool.driver.rules[result?.ruleIndex ?? -1];
  assert.equal(rule?.id, 'dup-admin-ip');
  assert.match(rule.help.text, /^# dup-admin-ip\n/);
  assert.doesNotMatch(JSON.stringify(runs), /https?:\/\/github|\]\(/, 'nothing in it leads to an address');
  assert.equal(result?.level, 'error');
  assert.equal(result.locations[0]?.physicalLocation.artifactLocation.uri, 'stdin');
  assert.equal(result.relatedLocations?.length, 1);
});

test('JUnit has a failed case for each error, and is well-formed whatever the cells hold', async () => {
  const text = duplicates.replace('slurm_node_x86_64', '<&"\u0001>');
  const { stdout } = await runCli(['validate', '-', '--omnia', '2.2', '--format', 'junit'], { stdin: text });
  const failures = Number(/failures="(\d+)"/.exec(stdout)?.[1]);
  assert.ok(failures > 1);
  assert.equal(stdout.match(/<failure /g)?.length, failures);
  assert.equal(stdout.match(/<testcase /g)?.length, Number(/tests="(\d+)"/.exec(stdout)?.[1]));
  assert.ok(!stdout.includes('\u0001'));
  assert.match(stdout, /&lt;&amp;&quot;/);
});

test('JUnit has a passed case for a file without errors', async () => {
  const { stdout } = await runCli(['validate', path.join(fixtures, '001-slurm-only.csv'), '--format', 'junit']);
  assert.match(stdout, /tests="1" failures="0"/);
});

test('colours appear on a terminal only, and not when they are unwanted', async () => {
  const args = ['validate', '-', '--omnia', '2.2'];
  const isColored = async (
    more: readonly string[],
    isTerminal: boolean,
    env: Record<string, string> = {},
  ): Promise<boolean> =>
    (await runCli([...args, ...more], { stdin: duplicates, isTerminal, env })).stdout.includes('\u001b[31merror');
  assert.equal(await isColored([], true), true);
  assert.equal(await isColored([], false), false);
  assert.equal(await isColored(['--no-color'], true), false);
  assert.equal(await isColored([], true, { NO_COLOR: '1' }), false);
});

test('what a cell holds cannot command the terminal or break the line', async () => {
  const text = duplicates.replace('slurm_node_x86_64', '"a\u001b[2Jb\nc"');
  const { stdout } = await runCli(['validate', '-', '--omnia', '2.2'], {
    stdin: text,
    isTerminal: true,
    env: { NO_COLOR: '1' },
  });
  assert.ok(!stdout.includes('\u001b'));
  for (const line of stdout.split('\n').slice(0, -1)) assert.match(line, /^ *-:/);
});

test('one run writes several reports, the same as one by one', async (context) => {
  const folder = folderOf(context, { 'map.csv': duplicates });
  const run = (...more: string[]) => runCli(['validate', 'map.csv', '--omnia', '2.2', ...more], { cwd: folder });
  const all = await run(
    '--report',
    'codequality=quality.json',
    '--report',
    'junit=out.xml',
    '--report',
    'text=out.txt',
  );
  const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');
  assert.equal(all.code, 1);
  assert.equal(read('quality.json'), (await run('--format', 'codequality')).stdout);
  assert.equal(read('out.xml'), (await run('--format', 'junit')).stdout);
  assert.equal(read('out.txt'), all.stdout);
  for (const [wrong, why] of [
    ['junit', /FORMAT=FILE/],
    ['xml=a', /use one of/],
    ['junit=no/such/out.xml', /cannot be written/],
  ] as const) {
    const refused = await run('--report', wrong);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, why);
  }
});
