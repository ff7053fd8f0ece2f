/** What a run from here shows on nodes while it is in progress. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { LiveNodes } from '@omnia-buildstream/client/nodes/liveNodes';
import { seenPlace } from '@omnia-buildstream/core/nodes/projectPlaces';
import { readSeen } from '@omnia-buildstream/core/nodes/seenFile';
import type { StageEvent } from '@omnia-buildstream/runner/stageEvent';
import { UnderWay } from '@omnia-buildstream/engine/stage/underWay';
import { waitUntil } from '../../support/waitUntil.ts';
import '../../support/vscode/playedVscode.ts';

const { DirectView } = await import('@omnia-buildstream/client/stages/direct/directView');
const { waitingText } = await import('@omnia-buildstream/client/nodes/waitingText');
const { StopSwitch } = await import('@omnia-buildstream/client/stages/session/stopSwitch');

const at = '2026-04-10T16:00:00.000Z';
const rows = ['10.6.0.1', '10.6.0.2', '10.6.0.3'] as const;
const finished = { type: 'node-finished', at, hostname: 'cn', message: '', said: '', advice: '' } as const;
const handedOver = { ...finished, stage: 'deploy', image: 'rhel-slurm', failure: undefined } as const;
const deployed: StageEvent = { ...handedOver, bmcIp: rows[0], status: 'success', change: 'unchanged' };
const notDeployed: StageEvent = { ...handedOver, bmcIp: rows[1], status: 'failed', change: undefined };
const booted: StageEvent = {
  ...finished,
  bmcIp: rows[2],
  status: 'success',
  step: undefined,
  failure: undefined,
  durationMs: 1,
};

test('once no node is left to begin, a run says which ones it waits for', () => {
  const underWay = new UnderWay();
  const awaited = (event: StageEvent, done: number): string => {
    underWay.show(event);
    return waitingText(underWay.awaited({ total: 3, done }));
  };
  const started = (bmcIp: string): StageEvent => ({
    type: 'node-started',
    at,
    bmcIp,
    hostname: `cn-${bmcIp.slice(-1)}`,
  });
  const left = { type: 'node-left', at, hostname: 'cn', reason: 'busy', detail: '', said: '' } as const;
  assert.equal(awaited(started(rows[0]), 0), '');
  assert.equal(awaited(started(rows[1]), 0), '');
  assert.equal(awaited(started(rows[2]), 0), 'waiting for cn-1, cn-2, cn-3');
  assert.equal(awaited(booted, 1), 'waiting for cn-1, cn-2');
  assert.equal(awaited({ ...left, bmcIp: rows[0] }, 1), 'waiting for cn-2');
  assert.equal(awaited({ ...booted, bmcIp: rows[1] }, 2), '');
  assert.equal(waitingText(['a', 'b', 'c', 'd', 'e']), 'waiting for a, b, c and 2 more');
});

suite('the image of a node', () => {
  test('is what deploy has handed over for it: nothing before, nothing of one that failed or was only booted', async (t) => {
    const project = await mkdtemp(path.join(tmpdir(), 'images-'));
    t.after(() => rm(project, { recursive: true, force: true }));
    const live = new LiveNodes((work) => {
      work();
    });
    const images = () => rows.map((bmcIp) => live.verdictOf({ bmcIp, state: 'new' }).image);
    const nothing = (): void => undefined;
    const context = {
      live,
      results: { show: nothing, end: nothing, begin: nothing },
      nodes: { changedOnDisk: () => Promise.resolve() },
      log: { warn: (line: string): never => assert.fail(new Error(line)) },
    };
    const text = `FUNCTIONAL_GROUP_NAME,BMC_IP\n${rows.map((bmcIp) => `slurm_node_x86_64,${bmcIp}\n`).join('')}`;
    const prepared = { nodes: rows.map((bmcIp) => ({ target: { bmcIp } })) };
    const words = { unit: 'nodes', doneWord: () => 'done', stepWord: (step: string) => step } as const;
    const groups = [{ id: 'G', images: [{ role: 'slurm_node_x86_64', name: 'rhel-slurm' }] }];
    const input = { text, version: '2.2', file: path.join(project, 'm.csv'), project, imageGroup: 'G', groups };
    const viewed = {
      context,
      input,
      offer: { prepared },
      run: { stop: new StopSwitch(), write: nothing },
      title: 'Deploy',
      words,
      folder: project,
      name: 'deploy',
    };
    const view = new DirectView(viewed as never);
    view.begin(Promise.resolve());
    assert.deepEqual(images(), [undefined, undefined, undefined]);
    for (const event of [deployed, notDeployed, booted]) view.show(event);
    assert.deepEqual(images(), ['rhel-slurm', undefined, undefined]);
    view.end();
    const kept = await waitUntil('the file', () =>
      readFile(path.join(project, seenPlace), 'utf8').catch(() => undefined),
    );
    assert.deepEqual([...readSeen(kept).image], [[rows[0], { image: 'rhel-slurm', at: Date.parse(at) }]]);
  });
});
