/** A stage of the management server is sent only if it would do what was agreed to. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isUserError } from '@omnia-buildstream/core/errors/userError';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { defaultFollowSettings } from '@omnia-buildstream/oim/stage/settings';
import { prepareOimStage, type ProjectSituation } from '@omnia-buildstream/runner/oim/prepareOimStage';
import { noUploads, oimJob, oimStage } from '../../support/oimStage.ts';
import { committed, imageGroup, jobId, lists, mappings, oimJobOf } from '../../support/frontEnds/situations.ts';

/** The state of a project and of the server at one time. */
interface World {
  readonly mapping: string;
  readonly list: string | undefined;
  readonly hasRestarted: boolean;
  readonly groupStatus: string;
  /** Another image group was deployed after this one. */
  readonly isOtherDeployed: boolean;
}

const shown: World = {
  mapping: committed,
  list: lists.own,
  hasRestarted: true,
  groupStatus: 'DEPLOYED',
  isOtherDeployed: false,
};

function situationOf({ mapping, list, hasRestarted, groupStatus }: World): ProjectSituation {
  const text = (file: string): string | undefined =>
    file.endsWith('.csv') ? mapping : file.endsWith('.json') ? list : undefined;
  return {
    stage: 'restart',
    group: { id: imageGroup, status: groupStatus, jobId, images: [] },
    job: oimJobOf(hasRestarted),
    mapping: { file: 'input/pxe_mapping_file.csv', text: mapping, version: '2.2' },
    failedNodesFile: 'miscellaneous/failed_nodes.json',
    read: (file) => {
      const found = text(file);
      return Promise.resolve(found === undefined ? undefined : Buffer.from(found));
    },
    committed: () => Promise.resolve(committed),
    bootedHere: new Set(),
    work: () => Promise.resolve(undefined),
    uploads: noUploads,
    isAfterOthers: false,
  };
}

/** Deployed long after the job of the situations. */
const otherJob = oimJob({ id: 'other', stages: [oimStage({ name: 'deploy', state: 'COMPLETED', startedAt: 8e15 })] });

/** Plans in the world `shown` and runs in the world `now`. Resolves to what was sent, and to the refusal. */
async function runIn(now: World): Promise<{ readonly sent: readonly string[]; readonly refused: string }> {
  const sent: string[] = [];
  const send = (what: string) => () => {
    sent.push(what);
    return Promise.reject(new Error('sent'));
  };
  let world = shown;
  const other = { id: 'r9', jobId: 'other', status: 'DEPLOYED', images: [] };
  const groups = () => Promise.resolve(world.isOtherDeployed ? [other] : []);
  const client = {
    images: groups,
    job: (id: string) => Promise.resolve(id === other.jobId ? otherJob : oimJobOf(world.hasRestarted)),
    nodeResults: () => Promise.resolve(undefined),
    startStage: send('order'),
    upload: send('files'),
  };
  const prepared = await prepareOimStage({
    client,
    groups: await groups(),
    job: oimJobOf(shown.hasRestarted),
    look: (job) => Promise.resolve({ ...situationOf(world), job }),
    clock: systemClock,
    settings: defaultFollowSettings,
    signal: new AbortController().signal,
  });
  world = now;
  const never = new AbortController().signal;
  const ended = prepared.run({ emit: () => undefined, stop: never, stopAtOnce: never });
  const refused = await ended.then(
    () => '',
    (error: unknown) => (isUserError(error) ? error.kind : ''),
  );
  return { sent, refused };
}

suite('between the question and the yes', () => {
  test('nothing has changed: it is sent', async () => {
    assert.deepEqual(await runIn(shown), { sent: ['files'], refused: '' });
  });

  for (const [title, change] of [
    ['a node was added', { mapping: mappings['with a node added'] }],
    ['a hostname was changed', { mapping: mappings['changed since deploy'] }],
    ['somebody marked or removed the list', { list: undefined }],
    ['the list is that of another job', { list: lists.foreign }],
    ['the list is broken', { list: lists.broken }],
    ['the job turned out never to have restarted', { hasRestarted: false }],
  ] as const) {
    test(`${title}: nothing is sent, and it is said that what was shown is not what would happen`, async () => {
      assert.deepEqual(await runIn({ ...shown, ...change }), { sent: [], refused: 'plan-changed' });
    });
  }

  test('another image group was deployed: nothing is sent, since nodes would boot its images', async () => {
    assert.deepEqual(await runIn({ ...shown, isOtherDeployed: true }), { sent: [], refused: 'stage-order' });
  });
});
