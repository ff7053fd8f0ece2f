import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, before, suite, test, type TestContext } from 'node:test';
import { makeAuthority, makeCertificate } from '@omnia-buildstream/lab/fleet/certificates';
import { cluster } from '../../support/cluster.ts';
import { folderOf } from '../../support/cli/files.ts';
import { runCli, type Ran } from '../../support/cli/runCli.ts';

/** A slurmrestd behind TLS, and the command line that queries it with a token. */

const token = 'eyJhbGciOiJIUzI1NiJ9.played.token';
const node = (name: string, state: string, used: number) => ({
  name,
  hostname: name,
  state: [state],
  alloc_cpus: used,
  reason: '',
});
const answers: Readonly<Record<string, object>> = {
  '/openapi/v3': { paths: { '/slurm/v0.0.40/nodes/': { get: {} }, '/slurm/v0.0.40/jobs/': { get: {} } } },
  '/slurm/v0.0.40/nodes/': {
    nodes: [node('cn-001', 'MIXED', 2), ...['cn-002', 'kcp1', 'slurm1', 'kn1'].map((name) => node(name, 'IDLE', 0))],
    errors: [],
  },
  '/slurm/v0.0.40/jobs/': {
    jobs: [
      {
        job_id: 7,
        job_state: ['RUNNING'],
        user_name: 'alice',
        nodes: 'cn-001',
        end_time: { set: true, infinite: false, number: 1_767_323_040 },
      },
    ],
    errors: [],
  },
};

suite('slurmrestd', () => {
  let server: Server;
  let ca: string;
  const users: (string | undefined)[] = [];
  before(async () => {
    const authority = await makeAuthority('slurm', Date.now());
    const { cert, key } = await makeCertificate(authority, '127.0.0.1', Date.now());
    ca = authority.cert;
    server = createServer({ cert, key }, ({ url = '', headers, method }, response) => {
      users.push(headers['x-slurm-user-name']?.toString());
      const isAllowed = headers['x-slurm-user-token'] === token && method === 'GET';
      response.writeHead(isAllowed ? 200 : 401, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(isAllowed ? (answers[url] ?? {}) : { errors: [{ error: 'Authentication failure' }] }),
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(() => server.close());

  function origin(user = ''): string {
    return `https://${user}127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  function dryRun(
    context: TestContext,
    env: Readonly<Record<string, string>>,
    ...args: readonly string[]
  ): Promise<Ran> {
    const cwd = folderOf(context, { 'mapping.csv': cluster, 'ca.pem': ca });
    const slurm = ['--slurm', origin('ada@'), ...args];
    return runCli(['run', 'restart', '--image', 'G', '--mapping', 'mapping.csv', '--dry-run', ...slurm], { cwd, env });
  }

  test('is asked with the token, and nodes with jobs are left out', async (context) => {
    const { stdout, stderr } = await dryRun(context, { BUILDSTREAM_SLURM_TOKEN: token }, '--slurm-ca', 'ca.pem');
    assert.match(stdout, /\(1\): cn-001 \(1 job of alice, until 2026-01-02 03:04 UTC at the latest\)/, stderr);
    assert.deepEqual(new Set(users), new Set(['ada']));
    assert.ok(!stdout.includes(token) && !stderr.includes(token));
  });

  test('that refuses the token, or has another certificate, leaves it not known', async (context) => {
    const refused = await dryRun(context, { BUILDSTREAM_SLURM_TOKEN: 'old' }, '--slurm-ca', 'ca.pem');
    assert.match(
      refused.stdout,
      /slurmrestd at 127\.0\.0\.1:\d+ refused the request: HTTP 401, Authentication failure/,
    );
    const strange = await dryRun(context, { BUILDSTREAM_SLURM_TOKEN: token });
    assert.match(strange.stdout, /127\.0\.0\.1:\d+ did not respond/);
  });

  test('a token that has expired is told as that, and its own user goes with it', async (context) => {
    const before = users.length;
    const claims = Buffer.from(JSON.stringify({ exp: 1_767_225_600, sun: 'bob' })).toString('base64url');
    const env = { BUILDSTREAM_SLURM_TOKEN: `e30.${claims}.x` };
    const { stdout } = await dryRun(context, env, '--slurm-ca', 'ca.pem', '--slurm', origin());
    assert.match(stdout, /The token for slurmrestd at 127\.0\.0\.1:\d+ expired at 2026-01-01T00:00:00\.000Z/);
    assert.deepEqual(new Set(users.slice(before)), new Set(['bob']));
  });

  test('without a token nothing is asked', async (context) => {
    const before = users.length;
    const { code, stderr } = await dryRun(context, {}, '--slurm-ca', 'ca.pem');
    assert.equal(code, 2);
    assert.match(stderr, /BUILDSTREAM_SLURM_TOKEN/);
    assert.equal(users.length, before);
  });

  for (const place of ['http://ctl:6820', 'https://a:b@ctl', 'https://ctl?x=1']) {
    test(`--slurm ${place} is refused`, async (context) => {
      const cwd = folderOf(context, { 'mapping.csv': cluster });
      const args = ['run', 'restart', '--image', 'G', '--mapping', 'mapping.csv', '--dry-run', '--slurm', place];
      assert.equal((await runCli(args, { cwd })).code, 2);
    });
  }
});
