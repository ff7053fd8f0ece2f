/** Servers and proxies that misbehave before the first request, judged by a clock that only the test advances. */
import assert from 'node:assert/strict';
import net, { type AddressInfo, type Socket } from 'node:net';
import { suite, test, type TestContext } from 'node:test';
import { MovableClock } from '@omnia-buildstream/engine/time/movableClock';
import { connect } from '@omnia-buildstream/gitlab/http/connect';
import { inspectServer } from '@omnia-buildstream/gitlab/http/inspect';
import { HttpClient } from '@omnia-buildstream/http/client/httpClient';
import { systemAuthorities } from '@omnia-buildstream/http/tls/policy';
import { showCertificate } from '@omnia-buildstream/http/tls/showCertificate';

const timeoutMs = 600_000;
/** Never advances on its own, so that only `passMs` reaches a limit. */
const still = { now: () => 0, monotonic: () => 0 };

/** A server whose behavior starts with the first bytes that it receives, or with the connection. */
async function serve(
  t: TestContext,
  behave: (socket: Socket) => void,
  begins: 'with bytes' | 'at once' = 'with bytes',
): Promise<{ port: number; ended: Promise<void> }> {
  let resolve = (): void => undefined;
  const ended = new Promise<void>((done) => {
    resolve = done;
  });
  const sockets = new Set<Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket
      .on('error', () => undefined)
      .once('close', () => {
        resolve();
      });
    if (begins === 'at once') behave(socket);
    else {
      socket.once('data', () => {
        behave(socket);
      });
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, ended };
}

type Behaviour = (socket: Socket, clock: MovableClock) => void;

suite('a look at a certificate ends', () => {
  const cases: Readonly<Record<string, readonly [Behaviour, string]>> = {
    'when the server closes': [
      (socket) => {
        socket.end();
      },
      'ECONNRESET',
    ],
    'when the connection breaks': [
      (socket) => {
        socket.resetAndDestroy();
      },
      'ECONNRESET',
    ],
    'when the server says nothing': [
      (_, clock) => {
        clock.passMs(timeoutMs);
      },
      'UND_ERR_CONNECT_TIMEOUT',
    ],
    'when half a handshake comes': [
      (socket, clock) => {
        socket.write(Buffer.from([22, 3, 3]), () => {
          clock.passMs(timeoutMs);
        });
      },
      'UND_ERR_CONNECT_TIMEOUT',
    ],
  };
  for (const [name, [behave, code]] of Object.entries(cases)) {
    test(name, async (t) => {
      const clock = new MovableClock(still);
      const { port, ended } = await serve(t, (socket) => {
        behave(socket, clock);
      });
      const target = new URL(`https://127.0.0.1:${String(port)}`);
      await assert.rejects(inspectServer(target, { trust: {}, proxy: undefined, timeoutMs, clock }), { code });
      await ended;
    });
  }
});

suite('a server that ends the connection before it gets a byte makes nobody wait', () => {
  const behaviours: Readonly<Record<string, (socket: Socket) => void>> = {
    'closes at once': (socket) => {
      socket.end();
    },
    'closes in the next turn': (socket) => {
      setImmediate(() => {
        socket.end();
      });
    },
    'says something else and closes': (socket) => {
      socket.end('SSH-2.0-OpenSSH_9.6\r\n');
    },
    'breaks the connection': (socket) => {
      socket.resetAndDestroy();
    },
    'opens a tunnel and closes': (socket) => {
      socket.end('HTTP/1.1 200 OK\r\n\r\n');
    },
    'opens a tunnel, says something else and closes': (socket) => {
      socket.end('HTTP/1.1 200 OK\r\n\r\nSSH-2.0-OpenSSH_9.6\r\n');
    },
  };
  // The limit never expires, so each of them would wait forever.
  const limits = { timeoutMs, clock: new MovableClock(still) };
  const gitlab = new URL('https://gitlab.example');
  const ways: Readonly<Record<string, (port: number) => Promise<unknown>>> = {
    'look at a certificate': (port) => inspectServer(at('https', port), { trust: {}, proxy: undefined, ...limits }),
    connection: (port) => connect(at('https', port), { trust: {}, proxy: undefined, ...limits }),
    'look at a certificate behind a proxy': (port) =>
      inspectServer(gitlab, { trust: {}, proxy: at('http', port), ...limits }),
    'connection through a proxy': (port) => connect(gitlab, { trust: {}, proxy: at('http', port), ...limits }),
    'connection through a proxy with TLS': (port) =>
      connect(gitlab, { trust: {}, proxy: at('https', port), ...limits }),
    'look at the certificate of a BMC': (port) => showCertificate('127.0.0.1', port, limits),
    'request to a BMC': (port) =>
      new HttpClient({ server: at('https', port), tls: systemAuthorities, clock: limits.clock }).send(
        { method: 'GET', path: '/' },
        new AbortController().signal,
      ),
  };
  for (const [name, behave] of Object.entries(behaviours)) {
    for (const [way, go] of Object.entries(ways)) {
      test(`${name}: ${way}`, async (t) => {
        const { port } = await serve(t, behave, 'at once');
        await assert.rejects(go(port));
      });
    }
  }
});

function at(scheme: 'http' | 'https', port: number): URL {
  return new URL(`${scheme}://127.0.0.1:${String(port)}`);
}

suite('a tunnel ends', () => {
  const head = 'HTTP/1.1 200 OK\r\n';
  /** Writes as long as the client reads. */
  const endless = (socket: Socket, piece: string): void => {
    const more = (): void => {
      if (!socket.destroyed) socket.write(piece, more);
    };
    more();
  };
  const cases: Readonly<Record<string, readonly [Behaviour, string]>> = {
    'when the head has no end': [
      (socket) => {
        endless(socket, `${head}${'x: y\r\n'.repeat(100)}`);
      },
      'PROXY_FAILED',
    ],
    'when 1xx come for ever': [
      (socket) => {
        endless(socket, 'HTTP/1.1 102 Processing\r\n\r\n');
      },
      'PROXY_FAILED',
    ],
    'when a byte comes from time to time': [
      (socket, clock) => {
        const [first = '', ...rest] = head;
        socket.write(first);
        for (const byte of rest.slice(0, 10)) {
          clock.passMs(timeoutMs / 10);
          socket.write(byte);
        }
      },
      'UND_ERR_CONNECT_TIMEOUT',
    ],
    'when the proxy closes': [
      (socket) => {
        socket.end();
      },
      'PROXY_FAILED',
    ],
    'when the tunnel is open and silent': [
      (socket, clock) => {
        socket.write(`${head}\r\n`);
        socket.once('data', () => {
          clock.passMs(timeoutMs);
        });
      },
      'UND_ERR_CONNECT_TIMEOUT',
    ],
    'when the tunnel opens and closes': [
      (socket) => {
        socket.end(`${head}\r\n`);
      },
      'ECONNRESET',
    ],
  };
  for (const [name, [behave, code]] of Object.entries(cases)) {
    test(name, async (t) => {
      const clock = new MovableClock(still);
      const { port, ended } = await serve(t, (socket) => {
        behave(socket, clock);
      });
      const options = { trust: {}, proxy: new URL(`http://127.0.0.1:${String(port)}`), timeoutMs, clock };
      await assert.rejects(connect(new URL('https://gitlab.example'), options), { code });
      await ended;
    });
  }
});
