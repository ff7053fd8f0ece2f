import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guideStep } from '@omnia-buildstream/gitlab/actions/guideStep';
import { nextAction } from '@omnia-buildstream/gitlab/actions/nextAction';
import { loadTree } from '@omnia-buildstream/gitlab/api/loadTree';
import { GitLabError, type GitLabErrorReason } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { readPipeline } from '@omnia-buildstream/gitlab/model/pipeline';
import type { OmniaProject } from '@omnia-buildstream/gitlab/omnia/project';
import { serverMapping } from '@omnia-buildstream/gitlab/omnia/projectFiles';
import { allPipelines, jobsOf } from '@omnia-buildstream/gitlab/tree/nodes';
import { treeLines } from '@omnia-buildstream/cli/pipelines/text';
import { bridge, job, pipeline } from '../../support/gitlabModel.ts';

const call = { signal: new AbortController().signal };

type Client = Parameters<typeof loadTree>[0];
type Part = 'show' | 'jobs' | 'bridges';

const child = readPipeline({ id: 3, project_id: 77, ref: 'main', status: 'running' });

/** A pipeline (2) of project 1 with a child (3) of project 77; `denied` decides which parts are hidden. */
function clientOf(denied: (part: Part, pipelineId: number) => GitLabErrorReason | undefined, asked: string[] = []) {
  const answer = <T>(part: Part, project: number, id: number, value: T): Promise<T> => {
    asked.push(`${part} ${String(project)}/${String(id)}`);
    const reason = denied(part, id);
    if (reason === undefined) return Promise.resolve(value);
    return Promise.reject(new GitLabError(reason, { method: 'GET', path: '/', effect: 'none' }));
  };
  const jobs = {
    listOfPipeline: (project: number, id: number) =>
      answer('jobs', project, id, id === 3 ? [job(30, 'select_a@select_image?:manual', 3)] : []),
    bridges: (project: number, id: number) =>
      answer(
        'bridges',
        project,
        id,
        id === 2 ? [bridge(20, 'deploy_pipeline@pipeline_selection:running', 2, child)] : [],
      ),
  };
  const show = (project: number, id: number) => answer('show', project, id, id === 3 ? child : pipeline(2, 'running'));
  return { pipelines: { show }, jobs } as unknown as Client;
}

const load = (client: Client) => loadTree(client, { projectId: 1, pipelineId: 2 }, call);

test('a child of another project is asked of that project', async () => {
  const asked: string[] = [];
  const tree = await load(clientOf(() => undefined, asked));
  assert.deepEqual(asked.filter((line) => line.endsWith('/3')).sort(), ['bridges 77/3', 'jobs 77/3', 'show 77/3']);
  assert.equal(nextAction(tree).kind, 'play');
  assert.ok(treeLines(tree).every((line) => !line.includes('not shown')));
});

for (const reason of ['not-found', 'scope-missing'] as const) {
  test(`what is not shown (${reason}) is said, and nothing is concluded from it`, async () => {
    const hidden: [denied: Part, line: RegExp][] = [
      ['show', /#3 .*: running, not shown to this token/],
      ['jobs', /#3 .*: running, jobs not shown to this token/],
    ];
    for (const [part, line] of hidden) {
      const tree = await load(clientOf((one, id) => (one === part && id === 3 ? reason : undefined)));
      assert.deepEqual(nextAction(tree), { kind: 'hidden', pipelineIds: [3] });
      assert.equal(guideStep(tree).kind, 'hidden');
      assert.ok(
        treeLines(tree).some((text) => line.test(text)),
        treeLines(tree).join('\n'),
      );
      const [, node] = allPipelines(tree);
      assert.deepEqual(node === undefined ? undefined : jobsOf(node), []);
    }
    const noBridges = await load(clientOf((one, id) => (one === 'bridges' && id === 2 ? reason : undefined)));
    assert.deepEqual(nextAction(noBridges), { kind: 'hidden', pipelineIds: [2] });
  });
}

test('a pipeline that is not shown itself, and any other failure, is an error', async () => {
  await assert.rejects(
    load(clientOf((part, id) => (part === 'show' && id === 2 ? 'not-found' : undefined))),
    GitLabError,
  );
  for (const reason of ['server-failed', 'account-blocked', 'signed-out'] as const) {
    await assert.rejects(load(clientOf((part, id) => (part === 'jobs' && id === 3 ? reason : undefined))), GitLabError);
  }
});

test('files that are not shown are no missing files', async () => {
  const denied = () => Promise.reject(new GitLabError('not-found', { method: 'GET', path: '/', effect: 'none' }));
  const projectWith = (commits: () => Promise<unknown>) =>
    ({
      client: { files: { show: denied, commits } },
      project: { id: 1, defaultBranch: 'main' },
      version: undefined,
      reading: () => call,
    }) as unknown as OmniaProject;
  await assert.rejects(serverMapping(projectWith(denied), 'main'), GitLabError);
  assert.equal(
    await serverMapping(
      projectWith(() => Promise.resolve([])),
      'main',
    ),
    undefined,
  );
});
