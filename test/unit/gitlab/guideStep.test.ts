import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guideStep } from '@omnia-buildstream/gitlab/actions/guideStep';
import { looksSecret, readVariable, shownVariable } from '@omnia-buildstream/gitlab/actions/jobVariables';
import { buildTree } from '@omnia-buildstream/gitlab/tree/build';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { bridge, childJobs, deployTree, pipeline } from '../../support/gitlabModel.ts';

/** The step in a few words. */
function said(tree: PipelineNode): string {
  const step = guideStep(tree);
  switch (step.kind) {
    case 'wait-for-images':
    case 'follow':
      return `${step.kind} ${step.on.map(({ name }) => name).join()}`.trim();
    case 'choose-image':
    case 'retry-image':
      return `${step.kind} ${step.images.map(({ name }) => name).join()}`;
    case 'wait-for-image':
      return `${step.kind} ${step.image.name}`;
    case 'play-trigger':
      return `${step.kind} ${step.job.name}`;
    case 'play-deploy':
      return `${step.kind} ${step.job.name} with ${step.image.name}`;
    case 'retry':
      return `${step.kind} ${String(step.pipelineId)} ${step.jobs.map(({ name }) => name).join()}`;
    case 'hidden':
      return `hidden ${step.pipelineIds.join()}`;
    case 'done':
      return `${step.kind} ${step.status}`;
  }
}

const web = buildTree(
  1,
  new Map([
    [
      1,
      {
        pipeline: pipeline(1, 'skipped'),
        jobs: [],
        bridges: ['build', 'deploy', 'cleanup'].map((type, index) =>
          bridge(10 + index, `trigger_${type}_pipeline@trigger?:manual`, 1, undefined),
        ),
      },
    ],
  ]),
);
assert.ok(web);

const chosen = { select_a: 'success' };
const played = { ...chosen, deploy: 'success' };
const cases: readonly [situation: string, tree: PipelineNode, step: string][] = [
  ['a web run offers a button for each type', web, 'play-trigger trigger_deploy_pipeline'],
  [
    'the images are being listed',
    deployTree('running', [], { parentJobs: ['list_images:running'] }),
    'wait-for-images list_images',
  ],
  ['there is no image', deployTree('failed', [], { parentJobs: ['list_images:failed'] }), 'retry 2 list_images'],
  ['the child is there', deployTree('manual', childJobs({})), 'choose-image select_a,select_b'],
  ['an image is being selected', deployTree('running', childJobs({ select_a: 'pending' })), 'wait-for-image select_a'],
  ['one image failed', deployTree('manual', childJobs({ select_a: 'failed' })), 'choose-image select_b'],
  [
    'all images failed',
    deployTree('manual', childJobs({ select_a: 'failed', select_b: 'failed' })),
    'retry-image select_a,select_b',
  ],
  ['an image is selected', deployTree('manual', childJobs(chosen)), 'play-deploy deploy with select_a'],
  ['deploy runs', deployTree('running', childJobs({ ...chosen, deploy: 'running' })), 'follow deploy'],
  ['restart is about to begin', deployTree('running', childJobs(played)), 'follow'],
  [
    'nodes did not boot',
    deployTree('failed', childJobs({ ...played, restart: 'failed', validate: 'skipped' })),
    'retry 3 restart',
  ],
  ['the retry runs', deployTree('running', childJobs({ ...played, restart: 'running' })), 'follow restart'],
  [
    'all is well',
    deployTree('success', childJobs({ ...played, restart: 'success', validate: 'success', summary: 'success' })),
    'done success',
  ],
];
for (const [situation, tree, step] of cases) {
  test(`the guide, when ${situation}: ${step}`, () => {
    assert.equal(said(tree), step);
  });
}

test('a build that runs in the same pipeline does not hold the deployment up', () => {
  const tree = deployTree('manual', childJobs({}), {
    parentJobs: ['list_images:success', 'build_image@build:running'],
  });
  assert.equal(said(tree), 'choose-image select_a,select_b');
});

test('a variable is NAME=VALUE with a name that GitLab takes; its value may be empty or hold "="', () => {
  assert.deepEqual(readVariable('SKIP_RESTART=true'), { key: 'SKIP_RESTART', value: 'true' });
  assert.deepEqual(readVariable('A='), { key: 'A', value: '' });
  assert.deepEqual(readVariable('A=b=c'), { key: 'A', value: 'b=c' });
  for (const text of ['', '=x', 'A', '1A=x', 'A B=x', 'Ä=x', 'A-B=x'])
    assert.equal(readVariable(text), undefined, text);
});

test('a value that looks like a secret is not shown', () => {
  const shown = (text: string) => {
    const variable = readVariable(text);
    assert.ok(variable);
    return shownVariable(variable);
  };
  for (const text of [
    'API_TOKEN=abc',
    'BSM_CLIENT_SECRET=abc',
    'BMC_PASSWORD=root',
    'NOTE=glpat-0123456789abcdefghij',
    'X=4f1c2b7e8d9a4f1c2b7e8d9a4f1c2b7e8d9a',
  ]) {
    assert.match(shown(text), /^\w+=•••$/, text);
  }
  assert.equal(shown('SKIP_RESTART=true'), 'SKIP_RESTART=true');
  assert.equal(shown('IMAGE_GROUP_ID=omnia-2-2-slurm'), 'IMAGE_GROUP_ID=omnia-2-2-slurm');
  assert.equal(looksSecret({ key: 'MONKEY', value: 'banana' }), false);
});
