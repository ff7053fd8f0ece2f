import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { test, type TestContext } from 'node:test';
import { DeadlineError } from '@omnia-buildstream/engine/time/deadline';
import { HttpClient } from '@omnia-buildstream/http/client/httpClient';
import { TransportError } from '@omnia-buildstream/http/client/transportError';
import { showCertificate } from '@omnia-buildstream/http/tls/showCertificate';
import { NetworkClock } from '../../support/engine/networkClock.ts';

/** Limits depend on the injected clock, however fast or slow the machine is. */

const signal = new AbortController().signal;
const tls = { ca: undefined, pins: [] };

async function portOf(t: TestContext, server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** Accepts connections and sends nothing. */
function silent(onConnection: () => void): Server {
  return createServer((socket) => {
    socket.on('error', () => undefined);
    onConnection();
  });
}

test('an answer that does not come is given up after its limit', async (t) => {
  const network = new NetworkClock();
  const server = createHttpServer((request) => {
    request.resume();
    network.onHold('127.0.0.1');
  });
  t.after(() => {
    server.closeAllConnections();
  });
  const port = await portOf(t, server);
  const { clock } = network;
  const startMs = clock.now();
  const client = new HttpClient({ server: new URL(`http://127.0.0.1:${String(port)}`), tls, clock });
  await assert.rejects(client.send({ method: 'GET', path: '/' }, signal), (error) => {
    assert.ok(error instanceof TransportError && error.reason === 'broken', String(error));
    return true;
  });
  assert.equal(clock.now() - startMs, 30_000);
  await client.close();
});

test('a connection that does not come about is given up before the request is, and nothing was sent', async (t) => {
  const network = new NetworkClock();
  const port = await portOf(
    t,
    silent(() => network.onHold('127.0.0.1')),
  );
  const { clock } = network;
  const startMs = clock.now();
  const client = new HttpClient({ server: new URL(`https://127.0.0.1:${String(port)}`), tls, clock });
  await assert.rejects(client.send({ method: 'GET', path: '/' }, signal), (error) => {
    assert.ok(error instanceof TransportError && error.reason === 'not-connected', String(error));
    return true;
  });
  assert.equal(clock.now() - startMs, 10_000);
  await client.close();
});

test('a host that shows no certificate is given up after its limit', async (t) => {
  const { clock } = new NetworkClock();
  const port = await portOf(
    t,
    silent(() => undefined),
  );
  await assert.rejects(showCertificate('127.0.0.1', port, { timeoutMs: 10_000, clock }), DeadlineError);
});
