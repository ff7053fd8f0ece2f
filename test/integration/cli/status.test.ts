import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { journalLine, type JournalRecord } from '@omnia-buildstream/core/restart/journalRecord';
import { renderTestReport } from '@omnia-buildstream/engine/validate/report/render';
import { openState } from '@omnia-buildstream/runner/stateFolder';
import { cluster, rows } from '../../support/cluster.ts';
import { folderOf } from '../../support/cli/files.ts';
import { runCli } from '../../support/cli/runCli.ts';

const at = '2026-03-01T10:00:00Z';
const begin: JournalRecord = { type: 'begin', at, run: 'run-1', jobId: 'job-1', imageGroup: 'rhel10' };
const nodes = rows.map((row) => {
  const [, , tag = '', , hostname = '', , , , bmcIp = ''] = row.split(',');
  return { hostname, service_tag: tag, bmc_ip: bmcIp };
});
const [first, second, third] = nodes;

const restartState = JSON.stringify({
  updated_at: at,
  previous_inventory: { nodes },
  booted_nodes: [{ ...first, booted_at: at }],
});
const failedNodes = JSON.stringify({
  job_id: 'job-1',
  failed_nodes: [
    { ...second, status: 'failed', message: 'iDRAC is not ready' },
    { ...third, status: 'success', message: 'iDRAC is not ready' },
  ],
});
const report = renderTestReport({
  ...{ jobId: 'job-1', imageGroup: 'rhel10', attempt: 2, startedAt: at, outcome: 'FAILED', exitCode: 1 },
  ...{ summary: { total: 9, passed: 8, failed: 1, skipped: 0, errors: 0 }, durationMs: 1000, artifactFolder: '' },
  ...{ logPath: '', reportPath: '', correlationId: '', errorMessage: '1 test failed', tests: [] },
});

function ended(): Record<string, string> {
  return {
    '.buildstream/restart/restart_state.json': restartState,
    '.buildstream/restart/failed_nodes.json': failedNodes,
    '.buildstream/restart/restart_journal.ndjson': journalLine(begin) + journalLine({ type: 'end', at }),
    '.buildstream/validate/attempt_2/test_report.json': report,
    '.buildstream/verify/attempt_1/molecule_output.log': '',
  };
}

test('status tells what the last run from here achieved, and changes nothing', async (t) => {
  const cwd = folderOf(t, ended());
  const files = readdirSync(cwd, { recursive: true });
  const { code, stdout } = await runCli(['status'], { cwd });
  assert.equal(code, 0);
  assert.match(stdout, /^Job job-1, image group rhel10 \(\.buildstream\/restart, written 2026-03-01T10:00:00Z\)\n/);
  assert.match(stdout, /Nodes that the state knows: 1 booted, 1 marked as booted by hand, 1 failed, 2 left/);
  assert.match(stdout, /kn1 +10\.6\.0\.12 +failed +iDRAC is not ready\ncn-001 +10\.6\.0\.14 +left/);
  assert.match(stdout, /Validate: FAILED, 8 of 9 tests .*: \.buildstream\/validate\/attempt_2\/test_report\.json/);
  assert.match(stdout, /Verification: attempt 1 has no report; it is under way or was interrupted/);
  assert.deepEqual(readdirSync(cwd, { recursive: true }), files);
});

test('a report from before the last restart is told as such, one from after it is not', async (t) => {
  const later = restartState.replace(at, '2026-03-01T10:00:01Z');
  for (const [state, isOld] of [
    [restartState, false],
    [later, true],
  ] as const) {
    const cwd = folderOf(t, { ...ended(), '.buildstream/restart/restart_state.json': state });
    const { stdout } = await runCli(['status'], { cwd });
    assert.equal(stdout.includes('! This report is older than the last restart (2026-03-01T10:00:01Z)'), isOld);
    const shape = JSON.parse((await runCli(['status', '--format', 'json'], { cwd })).stdout) as {
      validate: { isOld: boolean };
    };
    assert.equal(shape.validate.isOld, isOld);
  }
});

test('a failure that Omnia wrote after the last run from here is one in status, as in the plan', async (t) => {
  const before = { job_id: 'job-1', timestamp: 'T1', failed_nodes: [] };
  const since = { ...before, timestamp: 'T2', failed_nodes: [{ ...first, status: 'failed', message: 'later' }] };
  for (const [list, expected] of [
    [before, '1 booted, 1 marked as booted by hand, 1 failed, 2 left'],
    [since, '0 booted, 1 marked as booted by hand, 2 failed, 2 left'],
  ] as const) {
    const cwd = folderOf(t, {
      ...ended(),
      'input/pxe_mapping_file.csv': cluster,
      'miscellaneous/failed_nodes.json': JSON.stringify(list),
      '.buildstream/restart/restart_journal.ndjson':
        journalLine({ ...begin, afterList: 'job-1 T1' }) + journalLine({ type: 'end', at }),
    });
    const world = { cwd, git: () => Promise.resolve(cluster) };
    assert.ok((await runCli(['status'], world)).stdout.includes(expected));
    const { stdout } = await runCli(['plan', '--json'], world);
    const planned = (JSON.parse(stdout) as { nodes: { reason: string }[] }).nodes.map(({ reason }) => reason);
    assert.equal(planned.filter((reason) => reason === 'failed').length, list === since ? 2 : 1);
  }
});

test('status --format json has the same for programs; the mapping file says which nodes count', async (t) => {
  const cwd = folderOf(t, { ...ended(), 'input/pxe_mapping_file.csv': cluster.replace(`${rows[4] ?? ''}\n`, '') });
  const shape = JSON.parse((await runCli(['status', '--format', 'json'], { cwd })).stdout) as {
    mapping: string;
    runs: object[];
    nodes: Record<string, { hostname: string }[]>;
    validate: object;
  };
  assert.equal(shape.mapping, 'input/pxe_mapping_file.csv');
  assert.deepEqual(
    Object.entries(shape.nodes).map(([name, list]) => [name, list.map(({ hostname }) => hostname)]),
    [
      ['booted', ['kcp1']],
      ['marked', ['slurm1']],
      ['failed', ['kn1']],
      ['left', ['cn-001']],
    ],
  );
  const folder = '.buildstream/restart';
  assert.deepEqual(shape.runs, [
    { folder, jobId: 'job-1', imageGroup: 'rhel10', updatedAt: at, run: 'ended', since: null },
  ]);
  const { outcome, report: file } = shape.validate as { outcome: string; report: string };
  assert.deepEqual([outcome, file], ['FAILED', '.buildstream/validate/attempt_2/test_report.json']);
});

test('an interrupted run is told from one that is under way', async (t) => {
  const cwd = folderOf(t, { 'state/restart/restart_journal.ndjson': journalLine(begin), 'map.csv': cluster });
  const args = ['status', '--state', 'state', '--mapping', 'map.csv'];
  const interrupted = await runCli(args, { cwd });
  assert.match(
    interrupted.stdout,
    /The run of 2026-03-01T10:00:00Z was interrupted; run the same command to resume it/,
  );
  assert.match(interrupted.stdout, /Nodes of map\.csv: 0 booted, 0 failed, 5 left/);
  const state = await openState({ folder: path.join(cwd, 'state/restart') });
  try {
    await state.hold();
    assert.match((await runCli(args, { cwd })).stdout, /A run is under way since 2026-03-01T10:00:00Z/);
  } finally {
    await state.close();
  }
});

test('shards are put together, and the folder of run restart alone will do', async (t) => {
  const cwd = folderOf(t, {
    'two/restart/shard-1-of-2/restart_state.json': restartState,
    'two/restart/shard-2-of-2/restart_state.json': restartState.replace(/"booted_nodes".*/, '"booted_nodes":[]}'),
    'one/restart_state.json': restartState,
  });
  for (const state of ['two', 'one']) {
    const { code, stdout } = await runCli(['status', '--state', state], { cwd });
    assert.equal(code, 0);
    assert.match(stdout, /: 1 booted, 0 failed, 4 left/);
    assert.equal(stdout.match(/^Job /gm)?.length, state === 'two' ? 2 : 1);
  }
});

test('without a state, or with state and API at once, it says what to do', async (t) => {
  const cwd = folderOf(t, { 'broken/restart/restart_state.json': '{' });
  for (const [args, words] of [
    [[], /No run has left its state in \.buildstream\..*--state FOLDER.*--api URL/],
    [['--state', 'broken'], /restart_state\.json is not JSON/],
    [['--state', 'x', '--api', 'https://127.0.0.1'], /--state is about runs from here, --api about the management/],
    [['--mapping', 'none.csv', '--state', 'broken'], /cannot be read|is not JSON/],
  ] as const) {
    const { code, stderr } = await runCli(['status', ...args], { cwd });
    assert.equal(code, 2);
    assert.match(stderr, words);
  }
});
