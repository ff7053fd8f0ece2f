import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sentencesOf } from '@omnia-buildstream/core/text/phrase';
import type { GitLabClient } from '@omnia-buildstream/gitlab/api/client';
import { GitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { nextAction } from '@omnia-buildstream/gitlab/actions/nextAction';
import type { OmniaProject } from '@omnia-buildstream/gitlab/omnia/project';
import { commitTouches } from '@omnia-buildstream/gitlab/omnia/commitInputs';
import { isSameTouch, playTouches, retryTouches } from '@omnia-buildstream/gitlab/omnia/touches';
import { buildTree, type PipelineAnswers } from '@omnia-buildstream/gitlab/tree/build';
import { allPipelines, bridgesOf, jobsOf, type PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { typesOf } from '@omnia-buildstream/gitlab/tree/pipelineType';
import { bridge, job, pipeline } from '../../support/gitlabModel.ts';

/** A project from which only files are read. */
function projectWith(files: Readonly<Record<string, string>>): OmniaProject {
  const show = (_project: number, path: string) => {
    const text = files[path];
    if (text === undefined) {
      throw new GitLabError('not-found', { method: 'GET', path, effect: 'none' });
    }
    return Promise.resolve({ path, content: Buffer.from(text), commitId: 'c', blobId: 'b', lastCommitId: 'c' });
  };
  const none = () => {
    throw new GitLabError('not-found', { method: 'GET', path: '', effect: 'none' });
  };
  const fileApi = { show, commits: () => Promise.resolve([]) };
  const client = { files: fileApi, jobs: { trace: none }, pipelines: { list: none } } as unknown as GitLabClient;
  const project = { id: 1, defaultBranch: 'main' } as OmniaProject['project'];
  return { client, project, version: undefined, reading: () => ({}) as ReturnType<OmniaProject['reading']> };
}

const mapping = [
  'FUNCTIONAL_GROUP_NAME,GROUP_NAME,SERVICE_TAG,PARENT_SERVICE_TAG,HOSTNAME,ADMIN_MAC,ADMIN_IP,BMC_MAC,BMC_IP',
  'slurm_node_x86_64,grp0,AAAAAA1,,n1,02:00:00:00:00:01,10.5.0.1,02:00:00:00:01:01,10.6.0.1',
  'slurm_node_x86_64,grp0,AAAAAA2,,n2,02:00:00:00:00:02,10.5.0.2,02:00:00:00:01:02,10.6.0.2',
].join('\n');
/** Another job booted both nodes. */
const booted = JSON.stringify({ job_id: 'j', failed_nodes: [] });
const project = projectWith({ 'input/pxe_mapping_file.csv': mapping, 'miscellaneous/failed_nodes.json': booted });

/** The times of every job. */
const times = { started_at: '2026-10-01T09:50:00Z', finished_at: '2026-10-01T10:01:00Z' };

/** A router (1) with trigger jobs, of which the first has the child (2). */
function routed(triggers: readonly string[], jobs: readonly string[]): PipelineNode {
  const child = pipeline(2, 'running');
  const bridges = triggers.map((name, index) =>
    bridge(10 + index, `${name}@pipeline_selection:manual`, 1, index === 0 ? child : undefined),
  );
  const answers: PipelineAnswers[] = [
    { pipeline: pipeline(1, 'running'), jobs: [], bridges },
    { pipeline: child, jobs: jobs.map((text, index) => job(20 + index, text, 2, times)), bridges: [] },
  ];
  const tree = buildTree(1, new Map(answers.map((one) => [one.pipeline.id, one])));
  assert.ok(tree);
  return tree;
}

async function touched(root: PipelineNode, name: string) {
  const all = allPipelines(root).flatMap((node) => [...jobsOf(node), ...bridgesOf(node).map(({ bridge }) => bridge)]);
  const found = all.find((one) => one.name === name);
  assert.ok(found);
  return playTouches(project, root, found);
}

test('a cleanup deletes what was selected in it, and says so', async () => {
  const tree = routed(
    ['cleanup_pipeline'],
    ['a-v1@select_image?:success', 'b-v1@select_image?:manual', 'cleanup:manual'],
  );
  assert.deepEqual(await touched(tree, 'b-v1'), { kind: 'chooses-deletion', imageGroup: 'b-v1' });
  assert.deepEqual(await touched(tree, 'cleanup'), { kind: 'deletes', imageGroups: ['a-v1'] });
  const [, child] = allPipelines(tree);
  assert.ok(child);
  const again = await retryTouches(
    project,
    tree,
    jobsOf(child).filter(({ name }) => name === 'cleanup'),
  );
  assert.deepEqual(again, { kind: 'deletes', imageGroups: ['a-v1'] });
});

test('a mark spares a node of a deploy that is tried again, and none of a cadence, which sends no list', async () => {
  const entry = (n: string, status: string) => ({ bmc_ip: `10.6.0.${n}`, hostname: `n${n}`, status, message: 'm' });
  const list = { timestamp: '2026-10-01T10:00:00Z', failed_nodes: [entry('1', 'success'), entry('2', 'failed')] };
  const marked = projectWith({
    'input/pxe_mapping_file.csv': mapping,
    'miscellaneous/failed_nodes.json': JSON.stringify(list),
  });
  const stages = ['deploy:success', 'restart:failed'];
  for (const [trigger, jobs, reason] of [
    ['cadence', ['initialization:success', ...stages], 'failed'],
    ['deploy_pipeline', ['a-v1@select_image?:success', ...stages], 'marked'],
  ] as const) {
    const tree = routed([trigger], jobs);
    const restart = allPipelines(tree)
      .flatMap(jobsOf)
      .filter(({ name }) => name === 'restart');
    const touches = await retryTouches(marked, tree, restart);
    assert.ok(touches.kind === 'restarts' && touches.plan?.decision.plan !== undefined);
    const { nodes } = touches.plan.decision.plan;
    assert.deepEqual(
      nodes.map((node) => node.reason),
      [reason, 'failed'],
      trigger,
    );
  }
});

test('a cadence boots every node of the mapping file, whatever was booted before', async () => {
  const tree = routed(['build_pipeline', 'cadence'], []);
  const touches = await touched(tree, 'cadence');
  assert.ok(touches.kind === 'cadence' && touches.plan?.decision.plan !== undefined);
  assert.deepEqual(
    touches.plan.decision.plan.nodes.map(({ action, target }) => `${action} ${target.hostname}`),
    ['boot n1', 'boot n2'],
  );
  assert.ok(isSameTouch(touches, await touched(tree, 'cadence')));
  assert.ok(!isSameTouch(touches, { kind: 'cadence', plan: undefined }));
  assert.deepEqual(await touched(tree, 'build_pipeline'), { kind: 'starts' });
});

test('the one pipeline of 2.1 builds and prepares nodes, and says so when any of its jobs is run again', async () => {
  const stages = ['initialization', 'parse-catalog', 'generate-input-files', 'configure-local-repository'];
  const states = [...stages, 'build-images'].map((name) => `${name}:success`);
  const jobs = [...states, 'deploy-and-validate:failed', 'summary:failed'].map((text, index) =>
    job(20 + index, text, 1),
  );
  const tree = buildTree(1, new Map([[1, { pipeline: pipeline(1, 'failed'), jobs, bridges: [] }]]));
  assert.ok(tree);
  assert.deepEqual([...typesOf(tree)].sort(), ['build', 'deploy'], 'another run is warned of it as of a deploy');
  for (const one of jobs) {
    const kind = one.name === 'summary' ? 'starts' : 'prepares-nodes';
    assert.deepEqual(await retryTouches(project, tree, [one]), { kind }, one.name);
  }
  const next = nextAction(tree);
  assert.deepEqual(next.kind === 'retry-pipeline' && next.jobs.map(({ name }) => name), [
    'deploy-and-validate',
    'summary',
  ]);
});

test('a commit starts in 2.1 what 2.1 has: one pipeline for a catalog, none for a mapping file', async () => {
  const file = { path: 'catalog_rhel.json', text: '{}', server: undefined };
  for (const [version, said] of [
    ['2.1', /^This starts the pipeline of Omnia 2\.1: it builds images and prepares the nodes/],
    ['2.2', /^This starts a build pipeline\./],
  ] as const) {
    const { remarks } = await commitTouches({ ...project, version }, [file]);
    assert.match(sentencesOf(remarks), said);
  }
});
