import assert from 'node:assert/strict';
import { after, afterEach, before, suite, test } from 'node:test';
import { inspect } from 'node:util';
import { defaultBackOff } from '@omnia-buildstream/oim/api/backOff';
import { OimCredential } from '@omnia-buildstream/oim/api/credential';
import { stageNames, type StageName } from '@omnia-buildstream/core/stage/stageName';
import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import { registerClient } from '@omnia-buildstream/oim/api/register';
import { OimImageSource } from '@omnia-buildstream/oim/images';
import { OimError } from '@omnia-buildstream/oim/oimError';
import { NetworkClock } from '../../support/engine/networkClock.ts';
import {
  apiPassword,
  apiUser,
  clientFor,
  httpFor,
  imageGroupId,
  roles,
  startOimLab,
  type OimLab,
} from '../../support/oimLab.ts';

const { signal } = new AbortController();
const network = new NetworkClock();

suite('the BuildStreaM API', () => {
  let lab: OimLab;
  let client: OimClient;

  before(async () => {
    lab = await startOimLab(network);
    client = clientFor(lab);
  });
  after(async () => {
    await client.close();
    await lab.stop();
  });
  afterEach(() => {
    lab.faults.clear();
  });

  const failing = async (work: Promise<unknown>): Promise<OimError> => {
    const error: unknown = await work.then(
      () => assert.fail('it did not fail'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof OimError, String(error));
    return error;
  };

  test('says that it is healthy without a token', async () => {
    assert.equal(await client.health(signal), 'healthy');
  });

  test('a job shows its stages', async () => {
    const job = await client.job(lab.group.jobId, signal);
    assert.equal(job.state, 'RUNNING');
    assert.deepEqual(
      job.stages.flatMap(({ name, state }) => (stageNames.includes(name as StageName) ? [`${name} ${state}`] : [])),
      ['deploy PENDING', 'restart PENDING', 'validate PENDING'],
    );
  });

  test('image groups come over all pages, once each', async () => {
    const other = await startOimLab(network);
    for (let number = 0; number < 230; number++) other.oim.addImageGroup(`group-${String(number)}`, roles);
    const all = clientFor(other);
    const groups = await new OimImageSource(all).list(signal);
    assert.equal(new Set(groups.map(({ id }) => id)).size, 231);
    assert.equal(groups.at(-1)?.id, imageGroupId);
    assert.deepEqual(
      groups.at(-1)?.images,
      roles.map((image) => ({ ...image, boot: undefined })),
    );
    await all.close();
    await other.stop();
  });

  test('the same key gives the same job, also when the first answer was lost', async () => {
    lab.faults.add({ kind: 'cut', when: 'after', on: /^POST \/api\/v1\/jobs$/ });
    const job = await client.createJob('key-1', signal);
    assert.equal((await client.createJob('key-1', signal)).id, job.id);
    assert.notEqual((await client.createJob('key-2', signal)).id, job.id);
  });

  test('uploads tell what changed', async () => {
    const file = { name: 'pxe_mapping_file.csv', content: Buffer.from('A,B\nä,1\n') };
    const first = await client.upload(lab.group.jobId, [file], signal);
    assert.deepEqual([first.total, first.changed], [1, 1]);
    assert.equal((await client.upload(lab.group.jobId, [file], signal)).changed, 0);
    assert.equal(lab.oim.jobs.get(lab.group.jobId, undefined).files.get(file.name), 'A,B\nä,1\n');
  });

  test('an upload whose answer is lost is not repeated', async () => {
    lab.faults.add({ kind: 'cut', when: 'before', on: /upload/ });
    const seen = lab.server.seen.length;
    const error = await failing(client.upload(lab.group.jobId, [{ name: 'a.yml', content: Buffer.from('a') }], signal));
    assert.equal(error.reason, 'not-reachable');
    assert.equal(lab.server.seen.slice(seen).filter((line) => line.startsWith('PUT')).length, 1);
  });

  for (const fault of [
    { kind: 'bad-gateway', when: 'before' },
    { kind: 'bad-gateway', when: 'after' },
    { kind: 'cut', when: 'before' },
    { kind: 'cut', when: 'after' },
    { kind: 'too-many', retryAfterSeconds: 2 },
  ] as const) {
    test(`a read comes through ${JSON.stringify(fault)}`, async () => {
      lab.faults.add({ ...fault, on: /^GET \/api\/v1\/jobs/, times: 3 });
      assert.equal((await client.job(lab.group.jobId, signal)).id, lab.group.jobId);
    });
  }

  test('an answer that does not come is waited for only so long', async () => {
    lab.faults.add({ kind: 'slow', ms: 2_000, on: /^GET \/api\/v1\/jobs/ });
    const impatient = clientFor(lab, lab.credential, 200);
    assert.equal((await impatient.job(lab.group.jobId, signal)).id, lab.group.jobId);
    await impatient.close();
  });

  test('an expired token is renewed once, and the request goes through', async () => {
    await client.job(lab.group.jobId, signal);
    const requests = lab.oim.clients.tokenRequests;
    lab.oim.clients.expireTokens();
    await client.job(lab.group.jobId, signal);
    assert.equal(lab.oim.clients.tokenRequests, requests + 1);
  });

  test('a server that takes no token at all is not asked for ever', async () => {
    lab.faults.add({ kind: 'expire-tokens', on: /^GET/, times: 100 });
    const error = await failing(client.job(lab.group.jobId, signal));
    assert.deepEqual([error.reason, error.code], ['signed-out', 'token_expired']);
  });

  test('a wrong secret is tried once, whoever asks', async () => {
    const wrong = clientFor(lab, new OimCredential(lab.credential.id, 'bld_s_wrong-secret-5d0e'));
    const requests = lab.oim.clients.tokenRequests;
    const errors = await Promise.all([
      failing(wrong.job(lab.group.jobId, signal)),
      failing(wrong.images('BUILT', signal)),
    ]);
    errors.push(await failing(wrong.job(lab.group.jobId, signal)));
    assert.equal(lab.oim.clients.tokenRequests, requests + 1);
    for (const error of errors) {
      assert.equal(error.code, 'invalid_client');
      assert.match(error.message, /CI variables/);
      assert.doesNotMatch(inspect(error, { depth: 9 }), /wrong-secret/);
    }
    await wrong.close();
  });

  test('a second client is refused with the way to the first one', async () => {
    const account = new OimCredential(apiUser, apiPassword);
    const waiting = { clock: lab.clock, random: () => 0, backOff: defaultBackOff };
    const http = httpFor(lab);
    const error = await failing(registerClient({ http, waiting, account, name: 'another' }, signal));
    assert.deepEqual([error.reason, error.code], ['conflict', 'max_clients_reached']);
    assert.match(error.message, /BSM_CLIENT_ID and BSM_CLIENT_SECRET/);
    assert.doesNotMatch(inspect(error, { depth: 9 }), new RegExp(apiPassword));
    await http.close();
  });

  test('errors carry code, correlation and advice', async () => {
    const notOurs = await failing(client.job('018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c10', signal));
    assert.deepEqual([notOurs.reason, notOurs.code], ['not-found', 'JOB_NOT_FOUND']);
    assert.match(notOurs.correlationId ?? '', /^[0-9a-f-]{36}$/);
    const noId = await failing(client.job('7', signal));
    assert.deepEqual([noId.reason, noId.code], ['refused', 'INVALID_JOB_ID']);
    const status = await failing(client.images('NEW', signal));
    assert.equal(status.code, 'INVALID_STATUS');
    const file = await failing(
      client.upload(lab.group.jobId, [{ name: 'a b.yml', content: Buffer.from('x') }], signal),
    );
    assert.equal(file.code, 'INVALID_FILENAME');
    const mismatch = await failing(
      client.startStage(lab.group.jobId, { stage: 'deploy', imageGroupId: 'nobody' }, signal),
    );
    assert.equal(mismatch.code, 'IMAGEGROUP_MISMATCH');
  });

  test('a certificate that nobody agreed on is refused before anything is sent', async () => {
    const seen = lab.server.seen.length;
    const error = await failing(clientFor({ ...lab, certificate: { ...lab.certificate, cert: '' } }).health(signal));
    assert.equal(error.reason, 'tls');
    assert.equal(lab.server.seen.length, seen);
  });
});
