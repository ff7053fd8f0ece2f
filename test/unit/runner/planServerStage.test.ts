/** What a stage of the management server is said to do, before anybody is asked. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sentencesOf } from '@omnia-buildstream/core/text/phrase';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import { planServerStage } from '@omnia-buildstream/runner/server/planServerStage';
import type { ServerSituation } from '@omnia-buildstream/runner/server/situation';
import { cluster } from '../../support/cluster.ts';
import { noUploads, oimJob, oimStage } from '../../support/oimStage.ts';

const roleNames = [
  ...new Set(
    cluster
      .split('\n')
      .slice(1)
      .map((row) => row.split(',')[0] ?? ''),
  ),
].filter(Boolean);
const images = (roles: readonly string[], name = 's3://x/y/') => roles.map((role) => ({ role, name, boot: undefined }));
const group: ImageGroup = { id: 'G', jobId: 'j', status: 'DEPLOYED', images: images(roleNames) };
const done = (name: string, state = 'COMPLETED') => oimStage({ name, state, endedAt: 1 });
const job = oimJob({
  stages: [done('build-image-x86_64'), done('deploy'), done('restart'), done('validate', 'PENDING')],
});

function situation(stage: StageName, more: Partial<ServerSituation> = {}): ServerSituation {
  return {
    stage,
    group,
    job,
    mapping: { file: 'input/pxe_mapping_file.csv', text: cluster, version: '2.2' },
    failedNodesFile: 'miscellaneous/failed_nodes.json',
    read: (file) => Promise.resolve(file.endsWith('.csv') ? Buffer.from(cluster) : undefined),
    committed: () => Promise.resolve(cluster),
    bootedHere: new Set(),
    uploads: noUploads,
    isAfterOthers: false,
    ...more,
  };
}
const kinds = async (given: ServerSituation): Promise<string[]> =>
  (await planServerStage(given)).obstacles.map(({ kind }) => kind);
const said = async (given: ServerSituation): Promise<string> => sentencesOf((await planServerStage(given)).notes);

suite('the plan of a stage of the management server', () => {
  test('a restart or a validation before its turn is in the way, not when the same run does what is missing', async () => {
    const young = oimJob({ stages: [done('deploy', 'FAILED'), done('restart', 'PENDING')] });
    for (const stage of ['restart', 'validate'] as const) {
      assert.deepEqual(await kinds(situation(stage, { job: young })), ['stage-order']);
      assert.deepEqual(await kinds(situation(stage, { job: young, isAfterOthers: true })), []);
    }
  });

  test('every stage sends the input files, validate too', async () => {
    for (const stage of ['deploy', 'restart', 'validate'] as const) {
      const { files } = await planServerStage(situation(stage));
      assert.deepEqual(
        files.map(({ name }) => name),
        ['pxe_mapping_file.csv'],
        stage,
      );
    }
  });

  test('a role without an image is in the way of deploy; an empty image is told; no list is told', async () => {
    const [first = '', ...others] = roleNames;
    const { obstacles } = await planServerStage(situation('deploy', { group: { ...group, images: images(others) } }));
    assert.deepEqual(obstacles, [{ kind: 'no-image', roles: [first], imageGroup: 'G' }]);
    const empty = { ...group, images: images(roleNames, '') };
    assert.deepEqual(await kinds(situation('deploy', { group: empty })), []);
    assert.match(await said(situation('deploy', { group: empty })), /found no image of the role/);
    assert.match(await said(situation('deploy', { group: { ...group, images: [] } })), /names no images of G/);
  });

  for (const [what, finished] of [
    ['a job that is SUCCEEDED', { job: { ...job, state: 'SUCCEEDED' } }],
    ['an image group that is PASSED', { group: { ...group, status: 'PASSED' } }],
  ] as const) {
    for (const stage of ['deploy', 'restart', 'validate'] as const) {
      test(`${stage} of ${what} says what will be refused and what works`, async () => {
        const text = await said(situation(stage, finished));
        assert.match(text, /The API refuses .*If it refuses, nothing is started.*run a new build/);
      });
    }

    for (const stage of ['restart', 'validate'] as const) {
      test(`${stage} of ${what} is offered when the API has the same files`, async () => {
        const uploads = { ...noUploads, isUploaded: () => Promise.resolve(true) };
        const text = await said(situation(stage, { ...finished, uploads }));
        assert.match(text, /the stage is started all the same: the API has exactly these already/);
        assert.doesNotMatch(text, /new build/);
      });
    }
  }

  test('a job that is not finished is told nothing of all that', async () => {
    for (const stage of ['deploy', 'restart', 'validate'] as const) {
      assert.doesNotMatch(await said(situation(stage)), /refuses|new build/);
    }
  });
});
