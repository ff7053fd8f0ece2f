import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retryPipeline } from '@omnia-buildstream/gitlab/api/writes';
import type { GitLabClient } from '@omnia-buildstream/gitlab/api/client';
import { markableIn, markOnServer, withMarks } from '@omnia-buildstream/gitlab/omnia/markFailed';
import { branchOf, currentTree, type OmniaProject } from '@omnia-buildstream/gitlab/omnia/project';
import { failedNodesPath, serverFile } from '@omnia-buildstream/gitlab/omnia/projectFiles';
import { isSameTouch, playTouches, retryTouches, type Touches } from '@omnia-buildstream/gitlab/omnia/touches';
import {
  findPlayable,
  playShown,
  retryPipelineShown,
  retryRefusedNow,
  startFacts,
  startPipelineShown,
} from '@omnia-buildstream/gitlab/omnia/writes';
import { judgeRetryPipeline } from '@omnia-buildstream/gitlab/actions/judgeRetry';
import { findDeployRun } from '@omnia-buildstream/gitlab/tree/deployRun';
import type { GitLabLab } from '@omnia-buildstream/lab/gitlab/lab';
import { call, connect, count, deployUntilFailure, startLab } from '../../support/gitlabLab.ts';

const calls = { writing: call, reading: call };
const deployVariables = { PIPELINE_TYPE: 'deploy' };

async function omnia(client: GitLabClient): Promise<OmniaProject> {
  return { client, project: await client.identity.project(1, call), version: undefined, reading: () => call };
}

/** Creates a deploy pipeline and selects this image. */
async function chosen(project: OmniaProject, lab: GitLabLab, image: string): Promise<number> {
  const pipeline = { ref: 'main', variables: deployVariables };
  const { id } = await project.client.pipelines.create(project.project.id, pipeline, call);
  await lab.project.idle();
  const found = findPlayable(await currentTree(project, id), { name: image, pipelineId: undefined });
  assert.ok('job' in found);
  await project.client.jobs.play(project.project.id, found.job.id, {}, call);
  await lab.project.idle();
  return id;
}

async function deployTouches(project: OmniaProject, rootId: number) {
  const tree = await currentTree(project, rootId);
  const found = findPlayable(tree, { name: 'deploy', pipelineId: undefined });
  assert.ok('job' in found);
  return { job: found.job, touches: await playTouches(project, tree, found.job) };
}

function bootOf(touches: Touches): string[] {
  assert.ok(touches.kind === 'restarts' && touches.plan?.decision.plan !== undefined);
  const { nodes } = touches.plan.decision.plan;
  return nodes.filter(({ action }) => action === 'boot').map(({ target, reason }) => `${target.hostname} ${reason}`);
}

test('another image group than that of the last run is not planned from the last run', async (t) => {
  const lab = await startLab(t);
  const project = await omnia(connect(t, lab));
  const first = await chosen(project, lab, 'select_omnia_2_2_slurm');
  assert.equal(bootOf((await deployTouches(project, first)).touches).length, 4);
  await deployUntilFailure(project.client, lab, first);

  const same = await chosen(project, lab, 'select_omnia_2_2_slurm');
  assert.deepEqual(bootOf((await deployTouches(project, same)).touches), ['n3 failed', 'n4 failed']);
  const other = await chosen(project, lab, 'select_omnia_2_2_k8s');
  assert.deepEqual(
    bootOf((await deployTouches(project, other)).touches),
    ['n1', 'n2', 'n3', 'n4'].map((name) => `${name} not-known`),
  );
});

test('nothing is sent when somebody else has clicked, retried, committed or started between question and answer', async (t) => {
  const lab = await startLab(t);
  const project = await omnia(connect(t, lab));
  const rootId = await chosen(project, lab, 'select_omnia_2_2_slurm');
  const { job, touches } = await deployTouches(project, rootId);
  const facts = await startFacts(project, branchOf(project));

  await deployUntilFailure(project.client, lab, rootId);
  const played = await playShown(project, { rootId, of: job, touches }, calls);
  assert.deepEqual(played, { kind: 'refused', reason: 'not-manual' });

  const tree = await currentTree(project, rootId);
  const node = findDeployRun(tree)?.node;
  assert.ok(node);
  const judgement = judgeRetryPipeline(node);
  assert.ok(judgement.allowed);
  const shown = { rootId, of: node.pipeline.id, touches: await retryTouches(project, tree, judgement.jobs) };
  const moved = { ...shown, touches: { kind: 'starts' } } as const;
  assert.deepEqual(await retryPipelineShown(project, moved, calls), { kind: 'refused', reason: 'plan-changed' });
  await retryPipeline(project.client, { projectId: project.project.id, pipelineId: node.pipeline.id }, calls);
  const retried = await retryPipelineShown(project, shown, calls);
  assert.deepEqual(retried, { kind: 'refused', reason: 'still-active' });
  await lab.project.idle();

  const before = count(lab, /^(POST|PUT)/);
  const pipeline = { ref: branchOf(project), variables: deployVariables };
  // The restart stage has committed its list in the meantime.
  const started = await startPipelineShown(project, { ...facts, pipeline }, calls);
  assert.deepEqual(started, { kind: 'refused', reason: 'head-moved' });
  assert.equal(count(lab, /^(POST|PUT)/), before);
});

test('a retry with marks is planned as after their commit, and not sent when the plan is another by then', async (t) => {
  const lab = await startLab(t);
  const project = await omnia(connect(t, lab));
  const rootId = await chosen(project, lab, 'select_omnia_2_2_slurm');
  await deployUntilFailure(project.client, lab, rootId);
  const tree = await currentTree(project, rootId);
  const node = findDeployRun(tree)?.node;
  assert.ok(node);
  const judgement = judgeRetryPipeline(node);
  assert.ok(judgement.allowed);
  const again = async (from: OmniaProject) => retryTouches(from, tree, judgement.jobs);
  const markable = async () => {
    const list = markableIn(await serverFile(project, failedNodesPath, branchOf(project)));
    assert.ok(list.kind === 'usable');
    return list;
  };
  const mark = async (name: string) => {
    const { base, failed } = await markable();
    return { base, nodes: failed.filter(({ hostname }) => hostname === name) };
  };
  assert.deepEqual(bootOf(await again(project)), ['n3 failed', 'n4 failed']);

  const marks = await mark('n3');
  const touches = await again(withMarks(project, marks));
  assert.deepEqual(bootOf(touches), ['n4 failed']);
  const shown = { rootId, of: node.pipeline.id, touches };
  assert.equal(await retryRefusedNow(withMarks(project, marks), shown), undefined);
  assert.equal(await retryRefusedNow(project, shown), 'plan-changed');
  assert.equal((await markOnServer(project, marks, calls)).kind, 'done');
  assert.ok(isSameTouch(touches, await again(project)));

  // Another person marks the other node before the retry is sent.
  assert.equal((await markOnServer(project, await mark('n4'), calls)).kind, 'done');
  assert.deepEqual(await retryPipelineShown(project, shown, calls), { kind: 'refused', reason: 'plan-changed' });
  assert.equal(count(lab, /^POST .*\/retry$/), 0);
});
