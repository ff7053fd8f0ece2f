/** What is sent to the API, and what is not. The answers are modeled on recorded ones. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { HttpClient, type HttpAnswer, type HttpRequest } from '@omnia-buildstream/http/client/httpClient';
import { systemAuthorities } from '@omnia-buildstream/http/tls/policy';
import { OimCredential } from '@omnia-buildstream/oim/api/credential';
import { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import { clientName, registerClient } from '@omnia-buildstream/oim/api/register';
import { OimError } from '@omnia-buildstream/oim/oimError';
import { VirtualClock } from '../../support/engine/virtualClock.ts';

const { signal } = new AbortController();
const jobId = '018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c10';
const good = new OimCredential(`bld_${'0'.repeat(32)}`, 'bld_s_secret-of-a-test');
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/;

type Answers = Readonly<Record<string, readonly [number, unknown]>>;

/** Answers by method and path; always grants a token. */
class Scripted extends HttpClient {
  readonly requests: HttpRequest[] = [];
  readonly #answers: Answers;

  constructor(answers: Answers) {
    super({ server: new URL('https://oim.invalid'), tls: systemAuthorities, clock: new VirtualClock() });
    this.#answers = answers;
  }

  override send(request: HttpRequest): Promise<HttpAnswer> {
    this.requests.push(request);
    const key = `${request.method} ${request.path}`;
    const isToken = key === 'POST /api/v1/auth/token';
    const usual = isToken ? ([200, { access_token: 'token-of-a-test', expires_in: 3600 }] as const) : undefined;
    const [status, body] = this.#answers[key] ?? usual ?? [404, { detail: 'Not Found' }];
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return Promise.resolve({ status, header: () => undefined, text });
  }
}

function setUp(answers: Answers = {}, credential = good) {
  const http = new Scripted(answers);
  const backOff = { attempts: 2, firstDelayMs: 1, maxDelayMs: 1 };
  const waiting = { clock: new VirtualClock(), random: Math.random, backOff };
  return { http, waiting, client: new OimClient(http, credential, waiting) };
}

async function failing(work: Promise<unknown>): Promise<OimError> {
  const error: unknown = await work.then(
    () => assert.fail('it did not fail'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof OimError, String(error));
  return error;
}

suite('requests to the BuildStreaM API', () => {
  test('each has an X-Correlation-Id of its own, which an error tells', async () => {
    const { client, http } = setUp({ [`GET /api/v1/jobs/${jobId}`]: [404, { detail: { error: 'JOB_NOT_FOUND' } }] });
    const error = await failing(client.job(jobId, signal));
    const ids = http.requests.map(({ headers }) => headers?.['x-correlation-id'] ?? '');
    assert.equal(new Set(ids).size, 2);
    for (const id of ids) assert.match(id, uuid);
    assert.equal(error.correlationId, ids[1]);
  });

  for (const [what, id, secret, words] of [
    ['another prefix of the id', 'abc', 'bld_s_x-of-a-test', /client ID does not begin with bld_/],
    ['a secret where the id belongs', 'bld_s_typed-into-the-wrong-box', 'bld_s_x-of-a-test', /is a client secret/],
    ['another prefix of the secret', good.id, 'hush-of-a-test', /client secret does not begin with bld_s_/],
  ] as const) {
    test(`${what} is told and not sent`, async () => {
      const { client, http } = setUp({}, new OimCredential(id, secret));
      const error = await failing(client.images(undefined, signal));
      assert.match(error.message, words);
      assert.doesNotMatch(error.message, /wrong-box|hush/);
      assert.deepEqual(http.requests, []);
    });
  }

  test('a job id that is none, and an image group without a name, are told and not sent', async () => {
    const { client, http } = setUp();
    const job = await failing(client.job('7', signal));
    assert.deepEqual([job.code, job.source], ['INVALID_JOB_ID', 'here']);
    assert.equal((await failing(client.upload('abc', [], signal))).code, 'INVALID_JOB_ID');
    for (const imageGroupId of ['', ' ', 'g'.repeat(129)]) {
      const group = await failing(client.startStage(jobId, { stage: 'deploy', imageGroupId }, signal));
      assert.equal(group.code, 'INVALID_IMAGE_GROUP_ID');
    }
    assert.deepEqual(http.requests, []);
  });

  test("a client is registered under a name of its own, with the three scopes of Omnia's pipeline", async () => {
    const answer = { client_id: good.id, client_secret: good.reveal() };
    const { http, waiting } = setUp({ 'POST /api/v1/auth/register': [201, answer] });
    const account = new OimCredential('user', 'password-of-a-test');
    await registerClient({ http, waiting, account, name: clientName(1_795_904_687_453) }, signal);
    const sent = http.requests[0]?.body;
    assert.ok(typeof sent === 'string');
    const body = JSON.parse(sent) as Record<string, unknown>;
    assert.equal(body['client_name'], 'omnia-buildstream-client-1795904687');
    assert.match(clientName(Number.MAX_SAFE_INTEGER), /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,63}$/);
    assert.deepEqual(body['allowed_scopes'], ['catalog:read', 'catalog:write', 'job:write']);
  });

  test('a page in between is no acceptance of a stage', async () => {
    const { client } = setUp({ [`POST /api/v1/jobs/${jobId}/stages/restart`]: [200, '<html>Sign in</html>'] });
    const error = await failing(client.startStage(jobId, { stage: 'restart' }, signal));
    assert.deepEqual([error.reason, error.source], ['unexpected-answer', 'way']);
  });

  test('an order for which no token can be had was not sent', async () => {
    const { client } = setUp({ 'POST /api/v1/auth/token': [500, { status: 'error', message: 'An error' }] });
    assert.equal((await failing(client.startStage(jobId, { stage: 'restart' }, signal))).source, 'here');
  });
});

suite('what is used where it is there', () => {
  const artifact = (label: string): string => `GET /api/v1/jobs/${jobId}/artifacts/${label}`;
  const entry = { bmc_ip: '10.6.0.2', hostname: 'cn-2', status: 'failed', message: 'm' };
  const written = { job_id: jobId, timestamp: '2026-11-28T22:21:53Z' };
  const known = { bmcIp: '10.6.0.2', hostname: 'cn-2', hasFailed: true, message: 'm' };
  const broken = [500, { detail: { error: 'INTERNAL_ERROR', message: 'An unexpected error occurred' } }] as const;

  for (const [what, answers, nodes] of [
    ['both fail, as they were found', { 'node-results': broken, 'failed-nodes': broken }, undefined],
    ['neither is there', {}, undefined],
    ['results of nodes', { 'node-results': [200, { ...written, nodes: [entry] }] }, [known]],
    [
      'failed nodes only',
      { 'node-results': broken, 'failed-nodes': [200, { ...written, failed_nodes: [entry] }] },
      [known],
    ],
    ['those of another job', { 'node-results': [200, { ...written, job_id: 'other', nodes: [entry] }] }, undefined],
    ['something else', { 'node-results': [200, '<html>'], 'failed-nodes': [200, { links: [] }] }, undefined],
  ] as const) {
    test(`nodes: ${what}`, async () => {
      const all = Object.entries(answers).map(([label, answer]) => [artifact(label), answer] as const);
      const { client, http } = setUp(Object.fromEntries(all) as Answers);
      const results = await client.nodeResults(jobId, signal);
      assert.deepEqual(results?.nodes, nodes);
      if (results !== undefined) assert.equal(results.at, Date.parse(written.timestamp));
      // The results are optional, so nothing is requested twice.
      assert.equal(new Set(http.requests.map(({ path }) => path)).size, http.requests.length);
    });
  }

  for (const [what, answers, identity] of [
    [
      'its description',
      { 'GET /openapi.json': [200, { info: { title: 'Build Stream API', version: '1.0.0' }, paths: {} }] },
      { title: 'Build Stream API', version: '1.0.0', isBuildStream: true },
    ],
    [
      'its greeting, without a description',
      { 'GET /': [200, { message: 'Welcome to Build Stream API', docs: '/docs', version: '1.0.0' }] },
      { title: 'Build Stream API', version: '1.0.0', isBuildStream: true },
    ],
    [
      'another server',
      { 'GET /openapi.json': [200, { info: { title: 'Pet Store', version: '3' } }] },
      { title: 'Pet Store', version: '3', isBuildStream: false },
    ],
    ['nothing', {}, undefined],
  ] as const) {
    test(`the server is recognised by ${what}`, async () => {
      assert.deepEqual(await setUp(answers as Answers).client.identity(signal), identity);
    });
  }
});
