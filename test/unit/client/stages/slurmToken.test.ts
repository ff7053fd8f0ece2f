import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, suite, test } from 'node:test';
import { isUserError } from '@omnia-buildstream/core/errors/userError';
import type { StageTokens } from '@omnia-buildstream/client/stages/stageContext';
import { answers, notified, ofUser } from '../../../support/vscode/fakeVscode.ts';
import '../../../support/vscode/playedVscode.ts';

const { DeclinedError } = await import('@omnia-buildstream/client/errors/declinedError');
const { askWork } = await import('@omnia-buildstream/client/stages/workload/askWork');
const { setSlurmToken, forgetSlurmToken } =
  await import('@omnia-buildstream/client/stages/workload/slurmTokenCommands');
const { connectionFacts } = await import('@omnia-buildstream/client/connections/connectionFacts');
const { ServerTokens } = await import('@omnia-buildstream/client/stages/tokens/serverTokens');
const { slurmToken } = await import('@omnia-buildstream/client/stages/tokens/tokenKinds');

/** A JSON web token that expires on this day: long past or far in the future, because the clock is the machine's. */
function tokenUntil(day: string): string {
  const claims = { exp: Date.parse(day) / 1_000, sun: 'ada' };
  return ['e30', Buffer.from(JSON.stringify(claims)).toString('base64url'), 'x'].join('.');
}

const good = tokenUntil('2100-01-01');
const nodes = [{ bmcIp: '10.6.0.1', hostname: 'cn-1' }];
const answersOf: Readonly<Record<string, object>> = {
  '/openapi/v3': { paths: { '/slurm/v0.0.40/nodes/': { get: {} }, '/slurm/v0.0.40/jobs/': { get: {} } } },
  '/slurm/v0.0.40/nodes/': {
    nodes: [{ name: 'cn-1', hostname: 'cn-1', state: ['IDLE'], alloc_cpus: 0, reason: '' }],
    errors: [],
  },
  '/slurm/v0.0.40/jobs/': { jobs: [], errors: [] },
};

suite('slurmrestd in the editor', () => {
  const sent: (string | undefined)[] = [];
  const users = new Set<string | undefined>();
  const kept = new Map<string, string>();
  const secrets = {
    get: (key: string) => Promise.resolve(kept.get(key)),
    store: (key: string, value: string) => Promise.resolve(void kept.set(key, value)),
    delete: (key: string) => Promise.resolve(void kept.delete(key)),
    keys: () => Promise.resolve([...kept.keys()]),
    onDidChange: () => ({ dispose: () => undefined }),
  };
  const tokens: StageTokens['slurm'] = new ServerTokens(secrets, slurmToken);
  const server = createServer(({ url = '', headers }, response) => {
    const token = headers['x-slurm-user-token']?.toString();
    sent.push(token);
    users.add(headers['x-slurm-user-name']?.toString());
    response.writeHead(token === good ? 200 : 401, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(token === good ? (answersOf[url] ?? {}) : { errors: [{ error: 'Authentication failure' }] }),
    );
  });
  let key = '';
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    ofUser.set('engine.workload', { slurm: address });
    key = `slurm.token:${address}`;
  });
  after(() => {
    ofUser.clear();
    server.close();
  });
  afterEach(() => {
    sent.length = 0;
    kept.clear();
    answers.input = undefined;
  });

  test('a token that is missing is asked for once, and kept for that address alone', async () => {
    answers.input = ` ${good}\n`;
    const known = await askWork(tokens, 'ask')(nodes);
    assert.equal(known?.get('10.6.0.1')?.kind, 'free');
    assert.deepEqual([[...kept], [...users]], [[[key, good]], ['ada']]);
    answers.input = undefined;
    assert.equal((await askWork(tokens, 'ask')(nodes))?.get('10.6.0.1')?.kind, 'free');
    ofUser.set('engine.workload', { slurm: 'http://localhost:9' });
    await assert.rejects(askWork(tokens, 'ask')(nodes), DeclinedError);
    ofUser.set('engine.workload', { slurm: key.slice('slurm.token:'.length) });
  });

  test('nobody who reads only is asked, and why it is not known is told', async () => {
    answers.input = good;
    const known = await askWork(tokens, 'stored')(nodes);
    const of = known?.get('10.6.0.1');
    assert.ok(of?.kind === 'not-known');
    assert.match(JSON.stringify(of), /There is no token for slurmrestd at/);
    assert.deepEqual([sent, [...kept]], [[], []]);
  });

  test('a token whose time is over is never sent, but asked for anew', async () => {
    kept.set(key, tokenUntil('2001-01-01'));
    answers.input = good;
    assert.equal((await askWork(tokens, 'ask')(nodes))?.get('10.6.0.1')?.kind, 'free');
    assert.deepEqual(new Set(sent), new Set([good]));
  });

  test('a token that is not accepted is forgotten, but not the one that was entered since', async () => {
    kept.set(key, 'old');
    assert.equal((await askWork(tokens, 'ask')(nodes))?.get('10.6.0.1')?.kind, 'not-known');
    assert.deepEqual([...kept], []);
    kept.set(key, good);
    await tokens.forget(new URL(key.slice('slurm.token:'.length)), 'old');
    assert.equal(kept.get(key), good);
  });

  test('without nodes, or when the user closes the question, slurmrestd is not contacted', async () => {
    assert.equal(await askWork(tokens, 'ask')([]), undefined);
    await assert.rejects(askWork(tokens, 'ask')(nodes), DeclinedError);
    assert.deepEqual(sent, []);
  });

  test('is a connection with its token, which is set and forgotten by command', async () => {
    const parts = { accounts: { all: () => Promise.resolve([]) }, secrets, lab: () => undefined };
    const slurm = async () => (await connectionFacts(parts)).slurm?.hasToken;
    assert.equal(await slurm(), false);
    answers.input = good;
    await setSlurmToken(tokens);
    assert.equal(await slurm(), true);
    await forgetSlurmToken(tokens);
    assert.equal(await slurm(), false);
    await assert.rejects(forgetSlurmToken(tokens), isUserError);
    assert.ok(!JSON.stringify(notified).includes(good));
    ofUser.set('engine.workload', { slurm: 'root@ctl' });
    assert.equal(await slurm(), undefined);
    await assert.rejects(setSlurmToken(tokens), isUserError);
  });
});
