import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { inspect } from 'node:util';
import { GitLabClient } from '@omnia-buildstream/gitlab/api/client';
import { folderOf } from '../../support/cli/files.ts';
import { runCli } from '../../support/cli/runCli.ts';
import { call, connect, startLab } from '../../support/gitlabLab.ts';
import { QuickClock } from '../../support/time/quickClock.ts';
import { filesNow } from '../../support/filesNow.ts';

const secret = 'glpat-recognise-me-9f8e7d6c5b4a';

/** Everything in an error that a log might show: message, stack, facts, causes, hidden and symbol properties. */
function everything(error: unknown): string {
  const shown = inspect(error, { depth: 20, showHidden: true, maxStringLength: null, maxArrayLength: null });
  const chain: string[] = [];
  for (let one: unknown = error; one instanceof Error; one = one.cause) chain.push(String(one), one.stack ?? '');
  return [shown, ...chain, JSON.stringify(error)].join('\n');
}

/** Buffers print as numbers, so the numbers that spell the token are searched for too. */
function assertSilent(text: string, what: string): void {
  assert.ok(!text.includes(secret), `${what} tells the token:\n${text}`);
  assert.ok(!text.includes(secret.slice(6, 26)), `${what} tells a part of the token:\n${text}`);
  const hex = Buffer.from(secret.slice(6, 20)).toString('hex').match(/../g)?.join(' ') ?? '';
  assert.ok(!text.includes(hex), `${what} tells the bytes of the token:\n${text}`);
}

/** A server that echoes what it received, in the worst places. */
async function startEcho(t: TestContext, answer: string): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.end(answer);
    });
  }).listen(0, '127.0.0.1');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

function http(status: string, headers: readonly string[], body = ''): string {
  const length = `Content-Length: ${String(Buffer.byteLength(body))}`;
  return [`HTTP/1.1 ${status}`, ...headers, length, 'Connection: close', '', body].join('\r\n');
}

const json = 'Content-Type: application/json';
const echoes: readonly [name: string, answer: string][] = [
  ['a refusal that quotes the token', http('401 Unauthorized', [json], JSON.stringify({ message: secret }))],
  ['a refusal about each field', http('400 Bad Request', [json], JSON.stringify({ message: { token: [secret] } }))],
  ['a redirect with the token in its address', http('302 Found', [`Location: http://127.0.0.1/?t=${secret}`])],
  ['a gateway page', http('502 Bad Gateway', ['Content-Type: text/html'], `<title>${secret}</title>`)],
  ['an answer that is not JSON', http('200 OK', [json], `${secret} is no JSON`)],
  ['an answer that is something else', http('200 OK', [json], JSON.stringify({ id: secret, [secret]: secret }))],
  ['an answer that is not HTTP', `${secret} ${secret}\r\n\r\n`],
  ['a header that breaks off', `HTTP/1.1 200 OK\r\nX-Token: ${secret}\r\nX : ${secret}\r\n\r\n`],
];

for (const [name, answer] of echoes) {
  test(`the token is in no error and in no output after ${name}`, async (t) => {
    const origin = await startEcho(t, answer);
    const client = new GitLabClient({
      server: new URL(origin),
      trust: {},
      proxy: { env: {} },
      token: () => Promise.resolve(secret),
      clock: new QuickClock(Infinity),
    });
    t.after(() => client.close());
    const requests: readonly [string, () => Promise<unknown>][] = [
      ['GET', () => client.identity.project('root/omnia', call)],
      ['POST', () => client.pipelines.create(1, { ref: 'main' }, call)],
    ];
    for (const [method, request] of requests) {
      const error = await request().then(
        () => assert.fail(`${method} was answered`),
        (given: unknown) => given,
      );
      assertSilent(everything(error), method);
    }
    const env = {
      BUILDSTREAM_GITLAB_URL: origin,
      BUILDSTREAM_GITLAB_PROJECT: '1',
      BUILDSTREAM_GITLAB_TOKEN: secret,
    };
    const { code, stdout, stderr } = await runCli(['pipelines', 'list'], { env, clock: new QuickClock(Infinity) });
    assert.equal(code, 2);
    assertSilent(stdout + stderr, 'the command line');
  });
}

test('the token is nowhere when the server does not know it, it has expired, may not write, or answers are lost', async (t) => {
  const lab = await startLab(t);
  const client = connect(t, lab, { token: secret, clock: new QuickClock(Infinity) });
  const deploy = { ref: 'main', variables: { PIPELINE_TYPE: 'deploy' } };
  const expect = async (reason: string) => {
    const error: unknown = await client.pipelines.create(1, deploy, call).then(
      () => undefined,
      (given: unknown) => given,
    );
    assert.equal((error as { reason?: string }).reason, reason);
    assertSilent(everything(error), reason);
  };
  await expect('signed-out');
  lab.tokens.add({ value: secret });
  for (const [fault, reason] of [
    [{ kind: 'bad-gateway', when: 'before' }, 'server-failed'],
    [{ kind: 'cut', when: 'before' }, 'not-reachable'],
    [{ kind: 'half-answer' }, 'not-reachable'],
    [{ kind: 'too-many', style: 'application' }, 'rate-limited'],
  ] as const) {
    lab.faults.add({ ...fault, on: /^POST / });
    await expect(reason);
  }
  const folder = folderOf(t, { 'ca.pem': lab.certificate?.cert ?? '' });
  const env = {
    BUILDSTREAM_GITLAB_URL: lab.origin,
    BUILDSTREAM_GITLAB_PROJECT: 'root/omnia',
    BUILDSTREAM_GITLAB_CA_FILE: path.join(folder, 'ca.pem'),
    BUILDSTREAM_GITLAB_TOKEN: secret,
  };
  for (const args of [
    ['list'],
    ['start', '--yes'],
    ['show', '999'],
    ['list', '--json'],
    ['list', '--pin', 'AB'],
    ['no'],
  ]) {
    const { stdout, stderr } = await runCli(['pipelines', ...args], {
      cwd: folder,
      env,
      clock: new QuickClock(Infinity),
    });
    assertSilent(stdout + stderr, args.join(' '));
  }
  for (const [file, text] of filesNow(folder)) assertSilent(text, file);
});

test('a token that cannot be sent is refused without being told', async (t) => {
  const lab = await startLab(t);
  const client = connect(t, lab, { token: `${secret}\nX: y` });
  const error: unknown = await client.identity.user(call).then(
    () => assert.fail('it was sent'),
    (given: unknown) => given,
  );
  assertSilent(everything(error), 'the error');
  assert.equal(lab.seen.length, 0);
});
