import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { RestartParts } from '@omnia-buildstream/client/pipelines/restart/restartWatch';
import type { OpenProject } from '@omnia-buildstream/client/pipelines/project/projectSession';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { FakeClock } from '../../support/time/fakeClock.ts';
import { childJobs, deployTree } from '../../support/gitlabModel.ts';
import { growingLog } from '../../support/growingLog.ts';
import { nodeInfo } from '../../support/nodeInfo.ts';
import '../../support/vscode/playedVscode.ts';

const { LiveNodes } = await import('@omnia-buildstream/client/nodes/liveNodes');
const { nodeFace } = await import('@omnia-buildstream/client/nodes/nodeFace');
const { RestartWatch } = await import('@omnia-buildstream/client/pipelines/restart/restartWatch');
const { useClock } = await import('@omnia-buildstream/client/platform/clock');

const treeIn = (restart: string): PipelineNode =>
  deployTree('running', childJobs({ select_a: 'success', deploy: 'success', restart }));
const treesOf = (restart: string): ReadonlyMap<number, PipelineNode> => new Map([[1, treeIn(restart)]]);

const nodes = [1, 2, 3].map((n) =>
  nodeInfo(n, { adminIp: `172.16.107.${String(n)}`, state: 'failed', message: 'old' }),
);

/** A window on a GitLab whose restart job has this log. */
function windowOn(text: string) {
  const fake = new FakeClock();
  useClock({ now: () => fake.now(), monotonic: () => fake.now(), sleep: (ms, signal) => fake.sleep(ms, signal) });
  const log = growingLog(text);
  const live = new LiveNodes((work) => {
    work();
  });
  const ended: number[] = [];
  const onEnd: RestartParts['onEnd'] = (_, tree) => {
    ended.push(tree.pipeline.id);
    return Promise.resolve();
  };
  const watch = new RestartWatch({ live, nodes: () => nodes, onEnd });
  const open = { client: log.client, project: { id: 1 }, origin: 'https://gitlab.example' } as unknown as OpenProject;
  const { signal } = new AbortController();
  const look = async (restart: string, reads = true): Promise<void> => {
    await fake.advance(60_000);
    await watch.look(open, treesOf(restart), { reads, signal });
  };
  const shown = (): string[] => nodes.map((node) => nodeFace(node, live).description);
  return { log, live, watch, look, shown, ended };
}

suite('a restart through GitLab', () => {
  test('whose log tells of nodes is shown on each of them, and says which it waits for', async () => {
    const { log, live, look, shown, ended, watch } = windowOn('TASK [idrac : Set PXE] ***\nchanged: [172.17.107.1]\n');
    await look('running');
    assert.deepEqual(shown(), ['Set PXE', 'old', 'old']);
    assert.match(live.progress, /^#1 restart: 0 of 1 nodes, waiting for node1$/);
    log.text += [
      'changed: [172.17.107.2]',
      'fatal: [node3]: FAILED! => {"msg": "the BMC refused"}',
      '  "✅ Phone-home confirmed: 172.16.107.1",',
      '  "⏳ Still waiting for phone-home: 172.16.107.2"',
      '',
    ].join('\n');
    await look('running');
    assert.deepEqual(shown(), ['booted', 'waiting for the node to report', 'the BMC refused']);
    assert.equal(live.progress, '#1 restart: 2 of 3 nodes, 1 failed, waiting for node2');
    assert.equal(watch.text, live.progress);
    assert.deepEqual(ended, []);
    await look('failed');
    assert.deepEqual([ended, shown(), live.progress], [[1], ['old', 'old', 'old'], '']);
  });

  test("of Omnia's own job, whose log tells of no node, says so, and leaves nodes as the files have them", async () => {
    const { live, look, shown } = windowOn('  [Poll 4/300] Job: RUNNING | Restart: IN_PROGRESS\nok: [localhost]\n');
    await look('running');
    assert.deepEqual(shown(), ['old', 'old', 'old']);
    assert.equal(live.progress, '#1 restart: IN_PROGRESS. Its log does not show single nodes.');
  });

  test('what a run of this window says stands before it, and comes back when that is over', async () => {
    const { live, look, shown } = windowOn('TASK [Set PXE] ***\nok: [node1]\nok: [node2]\n');
    live.begin([nodes[0]?.bmcIp ?? ''], { phase: 'waiting', word: 'queued', message: '' });
    live.setProgress('0 of 1 nodes');
    await look('running');
    assert.deepEqual(shown(), ['queued', 'Set PXE', 'old']);
    assert.equal(live.progress, '0 of 1 nodes');
    live.end();
    assert.deepEqual(shown(), ['Set PXE', 'Set PXE', 'old']);
    assert.match(live.progress, /waiting for node1, node2$/);
  });

  test('while nobody looks the log is left alone, and the end is noticed all the same', async () => {
    const { log, look, ended } = windowOn('ok: [node1]\n');
    await look('running', false);
    assert.equal(log.reads, 0);
    await look('success', false);
    assert.deepEqual([log.reads, ended], [0, [1]]);
    await look('success', false);
    assert.deepEqual(ended, [1], 'once');
  });
});
