import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { makeAuthority, makeCertificate } from '@omnia-buildstream/lab/fleet/certificates';
import { TransportError } from '@omnia-buildstream/http/client/transportError';
import { Transport } from '@omnia-buildstream/redfish/http/transport';
import { judgingConnector } from '@omnia-buildstream/http/tls/connector';
import { MockupBmc, type Mockup } from '../../support/redfish/mockupBmc.ts';
import { faultyLab, firstBmc, labClient, pxe } from '../../support/lab.ts';

const address = '127.20.9.9';
const signal = new AbortController().signal;

suite('transport', () => {
  let server: Server;
  let transport: Transport;
  const seen: string[] = [];
  let inFlight = 0;
  let mostAtOnce = 0;

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    mostAtOnce = Math.max(mostAtOnce, ++inFlight);
    let body = '';
    for await (const chunk of message as AsyncIterable<Buffer>) body += chunk.toString();
    seen.push(`${message.method ?? ''} ${message.url ?? ''} ${body} ${message.headers['content-type'] ?? '-'}`);
    // Concurrent requests have arrived by then.
    await new Promise((resolve) => setImmediate(resolve));
    inFlight--;
    const [, status, to] = /^\/(\d+)\?to=(.*)$/.exec(message.url ?? '') ?? [];
    if (message.url === '/circle') response.writeHead(308, { location: '/circle' });
    else if (status !== undefined) response.writeHead(Number(status), { location: decodeURIComponent(to ?? '') });
    response.end('{"ok":true}');
  }

  before(async () => {
    const authority = await makeAuthority('test', Date.now());
    server = createServer(await makeCertificate(authority, address, Date.now()), (message, response) => {
      void serve(message, response);
    }).listen(0, address);
    await once(server, 'listening');
    const bound = server.address();
    assert.ok(bound !== null && typeof bound === 'object');
    const connect = judgingConnector({ ca: authority.cert, pins: [] }, 60_000, systemClock);
    transport = new Transport(address, {
      limitClock: systemClock,
      requestTimeoutMs: 60_000,
      connect,
      port: bound.port,
    });
  });

  after(async () => {
    await transport.close();
    server.closeAllConnections();
    server.close();
  });

  const statuses = [301, 302, 307, 308];
  const redirect = (status: number, to: string): string => `/${String(status)}?to=${encodeURIComponent(to)}`;

  for (const status of statuses) {
    for (const method of ['GET', 'POST', 'PATCH', 'DELETE'] as const) {
      test(`${String(status)} is followed on the same host, with ${method} and its body`, async () => {
        for (const to of ['/here', `${transport.origin}/here`, 'here']) {
          seen.length = 0;
          const path = redirect(status, to);
          const body = method === 'POST' || method === 'PATCH' ? { a: 1 } : undefined;
          const answer = await transport.send({ method, path, ...(body && { body }) }, signal);
          const end = body === undefined ? ' -' : '{"a":1} application/json';
          assert.deepEqual([answer.status, answer.body], [200, { ok: true }]);
          assert.deepEqual(seen, [`${method} ${path} ${end}`, `${method} /here ${end}`]);
        }
      });
    }

    test(`${String(status)} leads to no other host, with our session`, async () => {
      const port = new URL(transport.origin).port;
      const elsewhere = [
        'https://127.20.9.10:1/',
        `http://${address}:${port}/`,
        '//127.20.9.10/',
        `https://${address}/`,
      ];
      const odd = [transport.origin.replace('https://', 'https://user:secret@'), 'https://['];
      for (const to of [...elsewhere, ...odd]) {
        const path = redirect(status, to);
        const headers = { 'x-auth-token': 'a-token' };
        await assert.rejects(
          transport.send({ method: 'GET', path, headers }, signal),
          (error) => error instanceof TransportError && error.reason === 'bad-answer',
          to,
        );
      }
    });

    test(`${String(status)} is an answer like any other for what is sent once`, async () => {
      seen.length = 0;
      const answer = await transport.send({ method: 'POST', path: redirect(status, '/here'), once: true }, signal);
      assert.deepEqual([answer.status, seen.length], [status, 1]);
    });
  }

  test('nobody is followed in circles', async () => {
    seen.length = 0;
    await assert.rejects(
      transport.send({ method: 'GET', path: '/circle' }, signal),
      (error) => error instanceof TransportError && error.reason === 'bad-answer',
    );
    assert.equal(seen.length, 4);
  });

  test('one request at a time, however many are asked for', async () => {
    mostAtOnce = 0;
    await Promise.all(Array.from({ length: 5 }, () => transport.send({ method: 'GET', path: '/here' }, signal)));
    assert.equal(mostAtOnce, 1);
  });

  test('a request that is aborted rejects with the reason of the signal', async () => {
    const abort = new AbortController();
    const sent = transport.send({ method: 'GET', path: '/here' }, abort.signal);
    abort.abort(new Error('enough'));
    await assert.rejects(sent, /enough/);
  });
});

test('a change that somebody else got in the way of is made again on the newer state', async () => {
  const message = 'The ETag does not match.';
  const action = { do: 'refuse', status: 412, messageId: 'Base.1.5.PreconditionFailed', message } as const;
  const lab = await faultyLab({ rules: [{ on: 'boot', times: 1, action }] });
  try {
    const connection = labClient(lab).connect(firstBmc(lab));
    await connection.login(signal);
    await connection.setPxe(pxe('once'), signal);
    assert.equal((await connection.read(signal)).override.target, 'Pxe');
    await connection.close();
    assert.equal(lab.bmcs[0]?.record.count('boot'), 2);
  } finally {
    await lab.stop();
  }
});

/** No version of the mapping file has such a BMC_IP yet, but the client, its certificates and its pins support them. */
const ipv6 = '::1';
const hasIpv6 = Object.values(networkInterfaces()).some((list) => list?.some((one) => one.address === ipv6) === true);

test('a BMC at an IPv6 address is spoken to', { skip: hasIpv6 ? false : 'there is no IPv6 here' }, async (t) => {
  const authority = await makeAuthority('test', Date.now());
  const certificate = await makeCertificate(authority, ipv6, Date.now());
  const file = path.join(import.meta.dirname, '../../fixtures/bmcs/idrac9.json');
  const bmc = new MockupBmc(JSON.parse(readFileSync(file, 'utf8')) as Mockup);
  const port = await bmc.listen(certificate, ipv6, 0);
  t.after(() => {
    bmc.stop();
  });
  const pins = [{ hosts: '::/64', value: new X509Certificate(certificate.cert).fingerprint256 }];
  for (const tls of [
    { ca: authority.cert, pins: [] },
    { ca: undefined, pins },
  ]) {
    const connection = labClient({ ca: '', port }, { tls }).connect(ipv6);
    assert.equal((await connection.reach(signal)).vendor, 'Dell');
    await connection.login(signal);
    assert.equal((await connection.setPxe(pxe('once'), signal)).override.target, 'Pxe');
    await connection.close();
  }
});
