import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import type { GitLabClient } from '@omnia-buildstream/gitlab/api/client';
import type { Project } from '@omnia-buildstream/gitlab/model/identity';
import { othersInGitLab } from '@omnia-buildstream/gitlab/omnia/othersAtWork';
import type { PipelineAnswers } from '@omnia-buildstream/gitlab/tree/build';
import { childJobs, deployAnswers, job, pipeline } from '../../support/gitlabModel.ts';

const project = { id: 1, path: 'root/omnia', defaultBranch: 'main' } as Project;

/** What is found in a project with these pipelines, of which only the first is listed. */
async function found(answers: ReadonlyMap<number, PipelineAnswers>, own?: number, cadences = true): Promise<string[]> {
  const of = (id: number): PipelineAnswers => {
    const one = answers.get(id);
    assert.ok(one);
    return one;
  };
  const [root] = [...answers.values()];
  const client = {
    pipelines: {
      list: () => Promise.resolve({ pipelines: root === undefined ? [] : [root.pipeline], nextPage: undefined }),
      show: (_: number, id: number) => Promise.resolve(of(id).pipeline),
    },
    jobs: {
      listOfPipeline: (_: number, id: number) => Promise.resolve(of(id).jobs),
      bridges: (_: number, id: number) => Promise.resolve(of(id).bridges),
    },
  } as unknown as GitLabClient;
  const others = await othersInGitLab({ client, project }, { own, cadences }, { signal: new AbortController().signal });
  return others.map((other) => wordsOf(other));
}

suite('others at work in GitLab', () => {
  const chosen = { select_a: 'success' };
  const cases: readonly (readonly [string, string, Readonly<Record<string, string>>, readonly string[]])[] = [
    ['a deploy that runs', 'running', { ...chosen, deploy: 'running', restart: 'created' }, ['deploy']],
    ['a deploy that waits for a runner', 'running', { ...chosen, deploy: 'pending', restart: 'created' }, ['deploy']],
    ['a restart that runs', 'running', { ...chosen, deploy: 'success', restart: 'running' }, ['restart']],
    ['the moment between both', 'running', { ...chosen, deploy: 'success', restart: 'created' }, ['restart']],
    ['a deploy that waits for somebody', 'manual', { ...chosen, deploy: 'manual', restart: 'created' }, []],
    ['an image that is being selected', 'running', { select_a: 'running', deploy: 'manual', restart: 'created' }, []],
    ['tests', 'running', { ...chosen, deploy: 'success', restart: 'success', validate: 'running' }, []],
    ['a restart that failed', 'failed', { ...chosen, deploy: 'success', restart: 'failed' }, []],
    ['one that is over', 'success', { ...chosen, deploy: 'success', restart: 'success' }, []],
  ];
  for (const [what, status, states, stages] of cases) {
    test(`${what}: ${stages.length === 0 ? 'nobody' : 'is found'}`, async () => {
      const said = stages.map((stage) => `Pipeline #1 in GitLab is running the ${stage} stage.`);
      assert.deepEqual(await found(deployAnswers(status, childJobs(states))), said);
      assert.deepEqual(await found(deployAnswers(status, childJobs(states)), 1), [], 'the own pipeline is no other');
    });
  }

  test('a cadence deploys and restarts by itself, from its first job on', async () => {
    const jobs = [job(60, 'parse@cadence_catalog:running', 1), job(61, 'restart:created', 1)];
    const answers = new Map([[1, { pipeline: pipeline(1, 'running'), jobs, bridges: [] }]]);
    assert.match((await found(answers)).join(), /Pipeline #1 in GitLab is running a cadence/);
    assert.deepEqual(await found(answers, undefined, false), [], 'what is done in GitLab has an obstacle for it');
  });

  test('the one pipeline of 2.1 hands images to nodes', async () => {
    const jobs = [job(60, 'run@deploy-and-validate:running', 1)];
    const answers = new Map([[1, { pipeline: pipeline(1, 'running'), jobs, bridges: [] }]]);
    assert.deepEqual(await found(answers), ['Pipeline #1 in GitLab is running the deploy-and-validate stage.']);
  });

  test("what is not Omnia's is none", async () => {
    const jobs = [job(60, 'lint:running', 1)];
    assert.deepEqual(await found(new Map([[1, { pipeline: pipeline(1, 'running'), jobs, bridges: [] }]])), []);
  });
});
