import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { toldListPlace } from '@omnia-buildstream/core/nodes/projectPlaces';
import { stampOf } from '@omnia-buildstream/core/plan/listStamp';
import { readToldList } from '@omnia-buildstream/core/plan/toldList';
import { restartEnd } from '@omnia-buildstream/gitlab/omnia/restartEnd';
import type { OmniaProject } from '@omnia-buildstream/gitlab/omnia/project';
import type { Job } from '@omnia-buildstream/gitlab/model/job';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import type { NodeList } from '@omnia-buildstream/server/protocol';
import { call, connect, deployUntilFailure, startLab, treeOf } from '../../support/gitlabLab.ts';
import '../../support/vscode/playedVscode.ts';

const { keepServerList } = await import('@omnia-buildstream/client/pipelines/restart/keepServerList');

test('a restart that is over tells which nodes failed, and which it was given; one that is not over tells nothing', async (t) => {
  const lab = await startLab(t);
  const client = connect(t, lab);
  const project: OmniaProject = {
    client,
    project: await client.identity.project(1, call),
    version: undefined,
    reading: () => call,
  };
  const { id } = await client.pipelines.create(1, { ref: 'main', variables: { PIPELINE_TYPE: 'deploy' } }, call);
  assert.equal(await restartEnd(project, await treeOf(client, lab, id)), undefined);

  await deployUntilFailure(client, lab, id);
  const failed = await treeOf(client, lab, id);
  const end = await restartEnd(project, failed);
  assert.deepEqual(
    [end?.failed.map(({ hostname }) => hostname), end?.known.size, end?.restart.status],
    [['n3', 'n4'], 4, 'failed'],
  );
  assert.match(end?.jobId ?? '', /^[\da-f-]{36}$/);

  // Nothing is known about a restart at another time: the list is not its own.
  const hourMs = 3_600_000;
  for (const shiftMs of [-hourMs, hourMs]) assert.equal(await restartEnd(project, shifted(failed, shiftMs)), undefined);
});

/** The same pipeline, as if its jobs had run at another time. */
function shifted(root: PipelineNode, ms: number): PipelineNode {
  const times: ReadonlySet<string> = new Set<keyof Job>(['startedMs', 'finishedMs']);
  return JSON.parse(JSON.stringify(root), (key, value: unknown) =>
    times.has(key) && typeof value === 'number' ? value + ms : value,
  ) as PipelineNode;
}

test('the list on the server counts in the project once the restart is over, without a pull, and is kept once', async (t) => {
  const lab = await startLab(t);
  const client = connect(t, lab);
  const { id } = await client.pipelines.create(1, { ref: 'main', variables: { PIPELINE_TYPE: 'deploy' } }, call);
  await deployUntilFailure(client, lab, id);
  const tree = await treeOf(client, lab, id);
  const folder = mkdtempSync(path.join(tmpdir(), 'buildstream-'));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  mkdirSync(path.join(folder, 'input'));
  const mapping = path.join(folder, 'input/pxe_mapping_file.csv');
  writeFileSync(mapping, '');
  const changed: string[] = [];
  const list = { mappingUri: `file://${mapping}`, failedUri: null } as unknown as NodeList;
  const nodes = {
    list,
    refresh: () => Promise.resolve(list),
    changedOnDisk: (...files: readonly { readonly fsPath: string }[]) => {
      changed.push(...files.map(({ fsPath }) => path.relative(folder, fsPath)));
      return Promise.resolve();
    },
  };
  const open = { client, project: await client.identity.project(1, call), origin: lab.origin };
  const warn = (text: string): never => assert.fail(text);
  const parts = { nodes, log: { warn } };
  await keepServerList(open, tree, parts);
  await keepServerList(open, tree, parts);
  assert.deepEqual(changed, [toldListPlace]);
  const told = readToldList(readFileSync(path.join(folder, toldListPlace), 'utf8'));
  assert.deepEqual([told?.failed.map(({ hostname }) => hostname), told?.known.size], [['n3', 'n4'], 4]);
  assert.equal(told?.afterList, stampOf({ kind: 'missing' }));
});
