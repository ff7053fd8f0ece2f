/**
 * An action for one job affects the others, because they share input folder and boot configuration (omnia.md section
 * 7).
 */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sentencesOf, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import type { OimJob } from '@omnia-buildstream/oim/model/job';
import { OimError } from '@omnia-buildstream/oim/oimError';
import { defaultFollowSettings } from '@omnia-buildstream/oim/stage/settings';
import { prepareOimStage, type PreparedOimStage } from '@omnia-buildstream/runner/oim/prepareOimStage';
import { readOtherJobs } from '@omnia-buildstream/runner/oim/otherJobs';
import { cluster, clusterRoles } from '../../support/cluster.ts';
import { noUploads, oimJob, oimStage } from '../../support/oimStage.ts';

const { signal } = new AbortController();
const [deployedAt, uploadedAt] = [1000, 900];
const stagesAt = (deploy: number | undefined, upload: number | undefined) => [
  oimStage({ name: 'upload', state: 'COMPLETED', startedAt: upload, endedAt: upload }),
  oimStage({
    name: 'deploy',
    state: deploy === undefined ? 'PENDING' : 'COMPLETED',
    startedAt: deploy,
    endedAt: deploy,
  }),
  oimStage({ name: 'restart', state: 'COMPLETED', endedAt: 1200 }),
];
const ours = oimJob({ id: 'ours', state: 'SUCCEEDED', stages: stagesAt(deployedAt, uploadedAt) });
const images = clusterRoles.map((role) => ({ role, name: 's3://x/y/', boot: undefined }));
const groupOf = (id: string, jobId: string, more: Partial<ImageGroup> = {}): ImageGroup => {
  return { id, jobId, status: 'DEPLOYED', images, ...more };
};

/** The plan for a finished job whose upload and deployment are known here, with another job present. */
async function planned(
  stage: StageName,
  other: OimJob | 'unreadable',
  more: Partial<ImageGroup> = {},
): Promise<PreparedOimStage> {
  const own = groupOf('r1', 'ours', { status: 'PASSED' });
  const groups = [groupOf('r2', 'theirs', more), own];
  const known = { ...noUploads, isUploaded: () => Promise.resolve(true), isDeployed: () => Promise.resolve(true) };
  return prepareOimStage({
    client: {
      images: () => Promise.resolve(groups),
      job: () => (other === 'unreadable' ? Promise.reject(new OimError('not-found', [])) : Promise.resolve(other)),
      nodeResults: () => assert.fail(),
      startStage: () => assert.fail(),
      upload: () => assert.fail(),
    },
    groups,
    job: ours,
    look: (job) =>
      Promise.resolve({
        stage,
        group: own,
        job,
        mapping: { file: 'input/pxe_mapping_file.csv', text: cluster, version: '2.2' },
        failedNodesFile: 'miscellaneous/failed_nodes.json',
        read: (file) => Promise.resolve(file.endsWith('.csv') ? Buffer.from(cluster) : undefined),
        committed: () => Promise.resolve(cluster),
        bootedHere: new Set(),
        work: () => Promise.resolve(undefined),
        uploads: known,
        isAfterOthers: false,
      }),
    clock: systemClock,
    settings: defaultFollowSettings,
    signal,
  });
}
const other = (deploy: number | undefined, upload: number | undefined) =>
  oimJob({ id: 'theirs', stages: stagesAt(deploy, upload) });
const why = ({ obstacles }: PreparedOimStage): Phrase[] =>
  obstacles.flatMap((one) => (one.kind === 'stage-order' ? one.why : []));

suite('beside the job of another image group', () => {
  for (const [what, job, more, isLast] of [
    ['was deployed before this one', other(500, 400), {}, true],
    ['was never deployed', other(undefined, 400), {}, true],
    ['was deployed after this one', other(1100, 1050), {}, false],
    ['is unreadable and was last touched before', 'unreadable', { updatedAt: 500 }, true],
    ['is unreadable and was touched since', 'unreadable', { updatedAt: 5000 }, false],
    ['is unreadable, with an API that tells no time', 'unreadable', {}, false],
    ['has only been built', other(1100, 1050), { status: 'BUILT' }, true],
  ] as const) {
    test(`that ${what}, deploy ${isLast ? 'needs not be run again' : 'is run again'}`, async () => {
      assert.equal((await planned('deploy', job, more)).isDone, isLast);
    });

    test(`that ${what}, restart and validate ${isLast ? 'are as ever' : 'say what the nodes boot'}`, async () => {
      const isSure = job !== 'unreadable';
      for (const stage of ['restart', 'validate'] as const) {
        const plan = await planned(stage, job, more);
        assert.equal(
          /image group r2 (?:was deployed after|changed after)/.test(sentencesOf(plan.notes)),
          !isLast,
          stage,
        );
        const refuses = !isLast && isSure && stage === 'restart';
        assert.equal(
          /r2 was deployed after this one \(1970-01-01 00:00:01 UTC\).* Run deploy/.test(sentencesOf(why(plan))),
          refuses,
        );
      }
    });
  }

  for (const [what, job, isSame] of [
    ['before the last one of this job', other(500, 400), true],
    ['since', other(500, 1500), false],
    ['never', other(undefined, undefined), true],
    ['nobody can say when', 'unreadable', false],
  ] as const) {
    test(`whose files were uploaded ${what}, a finished job has ${isSame ? 'exactly its files' : 'perhaps others'}`, async () => {
      const said = sentencesOf((await planned('validate', job)).notes);
      assert.equal(said.includes('the API has exactly these already'), isSame, said);
    });
  }

  test('those that were touched last are looked at, and no more than a few', async () => {
    const groups = Array.from({ length: 251 }, (_, index) =>
      groupOf(`g${String(index)}`, String(index), { updatedAt: index }),
    );
    const asked: string[] = [];
    const client = { job: (id: string) => Promise.resolve(oimJob({ id: asked[asked.push(id) - 1] ?? '' })) };
    assert.equal((await readOtherJobs(client, { groups, jobId: '250' }, signal)).length, 8);
    assert.deepEqual(asked, ['249', '248', '247', '246', '245', '244', '243', '242']);
  });
});
