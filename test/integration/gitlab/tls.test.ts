import assert from 'node:assert/strict';
import { createServer as createProxy } from 'node:http';
import net, { type AddressInfo, type Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { inspectServer } from '@omnia-buildstream/gitlab/http/inspect';
import { makeCertificate } from '@omnia-buildstream/lab/gitlab/certificate';
import { call, connect, startLab } from '../../support/gitlabLab.ts';
import { hangLimits } from '../../support/time/hastyClock.ts';

test('a certificate that signs itself is refused, and accepted by CA file or by pin', async (t) => {
  const lab = await startLab(t);
  assert.ok(lab.certificate);
  const { cert, fingerprint } = lab.certificate;
  await assert.rejects(connect(t, lab, { trust: {} }).identity.user(call), {
    reason: 'tls',
    facts: { method: 'GET', path: '/user', effect: 'none', detail: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
  });
  assert.equal(lab.seen.length, 0, 'no request, and so no token, went to a server that is not trusted');
  await connect(t, lab, { trust: { ca: cert } }).identity.user(call);
  await connect(t, lab, { trust: { pin: fingerprint } }).identity.user(call);
  const other = (await makeCertificate(new Date())).fingerprint;
  await assert.rejects(connect(t, lab, { trust: { pin: other } }).identity.user(call), {
    reason: 'tls',
    message: /not the pinned one/,
  });
});

test('the certificate can be looked at before it is trusted', async (t) => {
  const lab = await startLab(t);
  const options = { trust: {}, proxy: undefined, timeoutMs: 60_000 };
  const seen = await inspectServer(new URL(lab.origin), options);
  assert.equal(seen.problem, 'DEPTH_ZERO_SELF_SIGNED_CERT');
  assert.equal(seen.chain[0]?.fingerprint, lab.certificate?.fingerprint);
  assert.match(seen.chain[0]?.subject ?? '', /CN=gitlab\.lab\.invalid/);
  assert.equal(lab.seen.length, 0);
  const trusted = await inspectServer(new URL(lab.origin), { ...options, trust: { ca: lab.certificate?.cert } });
  assert.equal(trusted.problem, undefined);
});

test('the token is not sent over plain HTTP, except on this machine', async (t) => {
  const lab = await startLab(t, { isPlain: true });
  await connect(t, lab).identity.user(call);
  const far = connect(t, lab, { server: new URL('http://gitlab.example.invalid') });
  await assert.rejects(far.identity.user(call), { reason: 'tls', message: /does not begin with https/ });
});

test('nobody there, a name that does not exist, a port that never answers', async (t) => {
  const lab = await startLab(t);
  const client = (server: string) => connect(t, lab, { server: new URL(server) });
  await assert.rejects(client('https://127.0.0.1:1').identity.user(call), {
    reason: 'not-reachable',
    message: /ECONNREFUSED/,
  });
  const silent = net.createServer(() => undefined).listen(0, '127.0.0.1');
  t.after(() => silent.close());
  await new Promise((resolve) => silent.once('listening', resolve));
  const { port } = silent.address() as AddressInfo;
  // Nothing answers there, so the limit is reached on any machine.
  const impatient = { server: new URL(`https://127.0.0.1:${String(port)}`), limits: { ...hangLimits, connectMs: 200 } };
  await assert.rejects(connect(t, lab, impatient).identity.user(call), { reason: 'timed-out' });
});

/** An HTTP proxy on loopback that requires a password. */
async function startProxy(t: TestContext): Promise<{ url: string; tunnels: string[] }> {
  const tunnels: string[] = [];
  const sockets = new Set<Socket>();
  const proxy = createProxy().listen(0, '127.0.0.1');
  proxy.on('connect', (request, socket: Socket) => {
    const given = request.headers['proxy-authorization'];
    if (given !== `Basic ${Buffer.from('me:pass word').toString('base64')}`) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    tunnels.push(request.url ?? '');
    const [host = '', port] = (request.url ?? '').split(':');
    const upstream = net.connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const one of [socket, upstream]) {
      sockets.add(one);
      one.on('error', () => undefined);
    }
  });
  await new Promise((resolve) => proxy.once('listening', resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  const { port } = proxy.address() as AddressInfo;
  return { url: `http://me:pass%20word@127.0.0.1:${String(port)}`, tunnels };
}

test('everything goes through the proxy, and its password appears in no message', async (t) => {
  const lab = await startLab(t);
  const { url, tunnels } = await startProxy(t);
  const pinned = { pin: lab.certificate?.fingerprint };
  await connect(t, lab, { proxy: { env: { HTTPS_PROXY: url } }, trust: pinned }).identity.user(call);
  assert.deepEqual(tunnels, [new URL(lab.origin).host]);
  await connect(t, lab, { proxy: { env: { HTTPS_PROXY: url, NO_PROXY: '127.0.0.1' } } }).identity.user(call);
  assert.equal(tunnels.length, 1);
  const wrong = url.replace('pass%20word', 'secret');
  await assert.rejects(connect(t, lab, { proxy: { proxy: wrong, env: {} } }).identity.user(call), (error: Error) => {
    assert.match(error.message, /proxy 127\.0\.0\.1:\d+ refuses the connection with 407/);
    return !JSON.stringify([error.message, error.stack]).includes('secret');
  });
});
