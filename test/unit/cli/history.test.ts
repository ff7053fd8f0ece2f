import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { historyLine, type HistoryRecord } from '@omnia-buildstream/core/history/historyRecord';
import { HistoryFiles } from '@omnia-buildstream/server/nodes/historyFiles';
import { folderOf } from '../../support/cli/files.ts';
import { runCli, type Ran } from '../../support/cli/runCli.ts';

const at = '2026-04-10T16:00:00.000Z';
const name = '20260410T160000Z-restart-abc';
const records: readonly HistoryRecord[] = [
  {
    type: 'run',
    at,
    run: 'abc-1',
    stage: 'restart',
    backend: 'direct',
    imageGroup: 'G',
    jobId: '',
    by: { user: 'ada', host: 'desk', program: 'editor', version: '1.0' },
    mapping: undefined,
    plan: 'ab'.repeat(32),
    answers: [],
    nodes: [
      { bmcIp: '10.6.0.1', hostname: 'cn-1', action: 'run', why: 'not booted yet' },
      { bmcIp: '10.6.0.2', hostname: 'cn-2', action: 'leave', why: 'booted already' },
    ],
  },
  { type: 'reset', at, bmcIp: '10.6.0.1', kind: 'ForceRestart' },
  {
    type: 'node',
    at,
    bmcIp: '10.6.0.1',
    hostname: 'cn-1',
    status: 'failed',
    message: 'no \u001b[2Jreport',
    advice: 'Look.',
  },
];
const text = records.map((record) => historyLine(record, (same) => same)).join('');

suite('buildstream history', () => {
  const show = (context: TestContext, ...args: readonly string[]): Promise<Ran> => {
    const cwd = folderOf(context, { [`.buildstream/history/${name}.ndjson`]: text });
    return runCli(['history', ...args], { cwd });
  };

  test('lists runs, tells one of them, and the runs of a node', async (context) => {
    assert.match((await show(context)).stdout, new RegExp(`^RUN .*\\n${name} .*ada@desk .*restart .*G .*not ended`));
    const one = (await show(context, name)).stdout;
    assert.match(
      one,
      /Run history: restart by ada on desk.*What was done:.*What is left:.*Failed: cn-1.*What to do next:/s,
    );
    assert.ok(!one.includes('\u001b'), 'nothing of it steers the terminal');
    assert.match((await show(context, 'CN-1')).stdout, /not booted yet.*ForceRestart.*failed: no/);
    assert.match((await show(context, '10.6.0.2')).stdout, /booted already.*left alone/);
  });

  test('for people who take over, and for programs', async (context) => {
    assert.match((await show(context, name, '--format', 'md')).stdout, /^# Run history/);
    const runs = JSON.parse((await show(context, '--json')).stdout) as { runs: { run: string; ended: unknown }[] };
    assert.deepEqual(
      runs.runs.map(({ run, ended }) => [run, ended]),
      [['abc-1', null]],
    );
    const node = JSON.parse((await show(context, 'cn-1', '--json')).stdout) as {
      runs: { node: { resets: unknown[] } }[];
    };
    assert.equal(node.runs[0]?.node.resets.length, 1);
  });

  test('says when there is nothing, and refuses what nobody knows', async (context) => {
    const cwd = folderOf(context, {});
    assert.match((await runCli(['history'], { cwd })).stdout, /Nothing has been run from here/);
    assert.deepEqual([(await show(context, 'nobody')).code, (await show(context, 'a', 'b')).code], [2, 2]);
  });
});

test('the language server reads a history again only when it has grown', async () => {
  let reads = 0;
  let size = 1;
  const files = {
    read: () => Promise.resolve(++reads > 0 ? text : undefined),
    sizes: () => Promise.resolve(new Map([[`${name}.ndjson`, size]])),
  };
  const history = new HistoryFiles(files);
  const uri = 'file:///p/input/pxe_mapping_file.csv';
  const first = await history.lastResets(uri);
  assert.equal(first.get('10.6.0.1')?.user, 'ada');
  assert.equal(await history.lastResets(uri), first);
  size = 2;
  await history.lastResets(uri);
  assert.equal(reads, 2);
});
