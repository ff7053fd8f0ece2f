/** What the plan of a management server stage says before anyone is asked. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sentencesOf } from '@omnia-buildstream/core/text/phrase';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import type { OpenOrder } from '@omnia-buildstream/oim/stage/uploadLog';
import { omniaVersions } from '@omnia-buildstream/core/mapping/versions';
import { jobTexts } from '@omnia-buildstream/core/plan/jobs/jobTexts';
import { identityTexts, rolloutTexts, standingTexts } from '@omnia-buildstream/core/plan/planTexts';
import { planOimStage } from '@omnia-buildstream/runner/oim/planOimStage';
import type { OimSituation } from '@omnia-buildstream/runner/oim/situation';
import { cluster, clusterRoles } from '../../support/cluster.ts';
import { noUploads, oimJob, oimStage } from '../../support/oimStage.ts';

const images = (roles: readonly string[], name = 's3://x/y/') => roles.map((role) => ({ role, name, boot: undefined }));
const group: ImageGroup = { id: 'G', jobId: 'j', status: 'DEPLOYED', images: images(clusterRoles) };
const done = (name: string, state = 'COMPLETED') => oimStage({ name, state, endedAt: 1 });
const job = oimJob({
  stages: [done('build-image-x86_64'), done('deploy'), done('restart'), done('validate', 'PENDING')],
});

function situation(stage: StageName, more: Partial<OimSituation> = {}): OimSituation {
  return {
    stage,
    group,
    job,
    mapping: { file: 'input/pxe_mapping_file.csv', text: cluster, version: '2.2' },
    failedNodesFile: 'miscellaneous/failed_nodes.json',
    read: (file) => Promise.resolve(file.endsWith('.csv') ? Buffer.from(cluster) : undefined),
    committed: () => Promise.resolve(cluster),
    bootedHere: new Set(),
    work: () => Promise.resolve(undefined),
    uploads: noUploads,
    isAfterOthers: false,
    others: [],
    ...more,
  };
}
const kinds = async (given: OimSituation): Promise<string[]> =>
  (await planOimStage(given)).obstacles.map(({ kind }) => kind);
const said = async (given: OimSituation): Promise<string> => sentencesOf((await planOimStage(given)).notes);

suite('the plan of a stage of the management server', () => {
  test('a restart or a validation before its turn is in the way, not when the same run does what is missing', async () => {
    const young = oimJob({ stages: [done('deploy', 'FAILED'), done('restart', 'PENDING')] });
    for (const stage of ['restart', 'validate'] as const) {
      assert.deepEqual(await kinds(situation(stage, { job: young })), ['stage-order']);
      assert.deepEqual(await kinds(situation(stage, { job: young, isAfterOthers: true })), []);
    }
  });

  test('a restart says in its question what Omnia does not know: identity, canary, limits of nodes and failures, running jobs', async () => {
    const { notes } = await planOimStage(situation('restart', { job: oimJob({ stages: [done('deploy')] }) }));
    const texts = notes.map(({ message }) => message);
    for (const template of [identityTexts.byOim, rolloutTexts.notHere, jobTexts.notAsked]) {
      assert.ok(texts.includes(template), template);
      assert.ok(!standingTexts.has(template), 'the editor leaves standing notes to the plan');
    }
  });

  test('an order of which nobody knows whether it was taken comes first in the next plan, whichever stage it is for', async () => {
    const openOrder = () => Promise.resolve({ stage: 'restart' as const, at: Date.UTC(2026, 10, 28, 22, 18, 5) });
    for (const stage of ['deploy', 'restart', 'validate'] as const) {
      const text = await said(situation(stage, { uploads: { ...noUploads, openOrder } }));
      assert.match(
        text,
        /^The outcome of the last request for the restart stage is unknown: it was sent at 2026-11-28 22:18:05 \(UTC\).*\(COMPLETED\)/,
      );
      assert.doesNotMatch(await said(situation(stage)), /unknown: it was sent/);
    }
  });

  test('with an order in doubt it is another plan, by the stage and the time of that order', async () => {
    const identity = async (open?: OpenOrder, isAfterOthers = false) => {
      const uploads = { ...noUploads, openOrder: () => Promise.resolve(open) };
      return (await planOimStage(situation('validate', { uploads, isAfterOthers }))).identity;
    };
    const plans = [
      await identity(),
      await identity({ stage: 'validate', at: 1 }),
      await identity({ stage: 'validate', at: 2 }),
      await identity({ stage: 'restart', at: 1 }),
    ];
    assert.equal(new Set(plans).size, plans.length);
    assert.equal(await identity({ stage: 'validate', at: 1 }), plans[1]);
    // By the time its turn comes, the order of the previous stage has resolved the doubt, so it continues.
    assert.equal(await identity({ stage: 'validate', at: 1 }, true), await identity(undefined, true));
  });

  test('a restart that may be queued has not "never run": what is booted is not known then', async () => {
    const never = oimJob({ stages: [done('deploy'), oimStage({ name: 'restart', state: 'PENDING' })] });
    const basis = async (stage?: StageName) => {
      const openOrder = () => Promise.resolve(stage && { stage, at: 0 });
      const { restart } = await planOimStage(
        situation('restart', { job: never, uploads: { ...noUploads, openOrder } }),
      );
      return restart?.basis;
    };
    assert.equal(await basis(), 'never-restarted');
    assert.equal(await basis('validate'), 'never-restarted');
    assert.equal(await basis('restart'), 'not-known');
  });

  test('rows that an open quote hides from Omnia are in the way of each stage, and told once', async () => {
    const [header = '', ...rows] = cluster.trimEnd().split('\n');
    const text = [`${header},NOTE`, ...rows.map((row, at) => `${row},${at === 1 ? '"' : ''}`), ''].join('\n');
    for (const stage of ['deploy', 'restart', 'validate'] as const) {
      const mapping = { file: 'input/pxe_mapping_file.csv', text, version: '2.2' } as const;
      assert.deepEqual(await kinds(situation(stage, { mapping })), ['stage-ends'], stage);
    }
  });

  test("a merge's conflict in the mapping file is in the way of each stage, in failed_nodes.json of the restart", async () => {
    const conflict = '<<<<<<< HEAD\n=======\n>>>>>>> theirs\n';
    for (const version of omniaVersions) {
      for (const stage of ['deploy', 'restart', 'validate'] as const) {
        const text = cluster + conflict;
        const mapping = { file: 'input/pxe_mapping_file.csv', text, version };
        assert.notDeepEqual(await kinds(situation(stage, { mapping })), [], `${stage}, ${version}`);
      }
    }
    const list = `{\n${conflict}"failed_nodes": []}`;
    const read = (file: string): Promise<Buffer> =>
      Promise.resolve(Buffer.from(file.endsWith('.csv') ? cluster : list));
    assert.notDeepEqual(await kinds(situation('restart', { read })), []);
  });

  test('every stage sends the input files, validate too', async () => {
    for (const stage of ['deploy', 'restart', 'validate'] as const) {
      const { files } = await planOimStage(situation(stage));
      assert.deepEqual(
        files.map(({ name }) => name),
        ['pxe_mapping_file.csv'],
        stage,
      );
    }
  });

  const without = cluster
    .split('\n')
    .filter((line) => !line.includes('cn-002'))
    .join('\n');
  const otherRole = cluster.replace(/slurm_node_x86_64(?=.*cn-002)/, 'login_node_x86_64');
  const drained = /^Slurm nodes whose row was removed \(1\): cn-002\. The next deploy drains these nodes/;
  const changed = /^Slurm nodes that get another role \(1\): cn-002 \(login_node_x86_64\)/;
  const ofCommit = /only those that the last commit still has can be named/;
  for (const [title, now, committed, given, expected] of [
    ['is not committed', without, cluster, [], [drained, ofCommit]],
    [
      'is committed already, and was deployed before',
      without,
      without,
      [cluster],
      [drained, /last uploaded and deployed from this project/],
    ],
    ['was uploaded last, and deployed without', without, without, [without, cluster], [drained]],
    ['is in both', without, cluster, [cluster], [drained]],
    ['is known from the deployment alone', without, undefined, [cluster], [drained]],
    ['is of a changed role that is committed', otherRole, otherRole, [cluster], [changed]],
    [
      'left before anything was deployed from here',
      without,
      without,
      [],
      [/^It is unknown here which mapping file the management server deployed last/],
    ],
    ['was never there', without, without, [without], [/^Removed rows are found by comparing with/]],
  ] as const) {
    test(`deploy tells of a Slurm node whose removal ${title}`, async () => {
      const text = await said(
        situation('deploy', {
          mapping: { file: 'input/pxe_mapping_file.csv', text: now, version: '2.2' },
          committed: () => Promise.resolve(committed),
          uploads: { ...noUploads, mappings: () => Promise.resolve(given) },
        }),
      );
      for (const pattern of expected) assert.match(text, pattern);
      assert.equal(text.split('cn-002').length - 1 <= 1, true, 'no node is named twice');
    });
  }

  test('a role without an image is in the way of deploy; an empty image is told; no list is told', async () => {
    const [first = '', ...others] = clusterRoles;
    const { obstacles } = await planOimStage(situation('deploy', { group: { ...group, images: images(others) } }));
    const lines = cluster.split('\n').flatMap((row, line) => (row.startsWith(`${first},`) ? [line] : []));
    assert.deepEqual(obstacles, [{ kind: 'no-image', roles: [{ role: first, lines }], imageGroup: 'G' }]);
    const empty = { ...group, images: images(clusterRoles, '') };
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
