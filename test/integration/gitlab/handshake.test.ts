/** Servers and proxies that misbehave before the first request, judged on a clock that only the test moves. */
import assert from 'node:assert/strict';
import net, { type AddressInfo, type Socket } from 'node:net';
import { suite, test, type TestContext } from 'node:test';
import { MovableClock } from '@omnia-buildstream/engine/time/movableClock';
import { connect } from '@omnia-buildstream/gitlab/http/connect';
import { inspectServer } from '@omnia-buildstream/gitlab/http/inspect';

const timeoutMs = 600_000;
/** Stands still, so that nothing but `passMs` reaches a limit. */
const still = { now: () => 0, monotonic: () => 0 };

/** A server whose behaviour begins with the first bytes that it gets. */
async function serve(
  t: TestContext,
  behave: (socket: Socket) => void,
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
    socket.once('data', () => {
      behave(socket);
    });
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

suite('a tunnel ends', () => {
  const head = 'HTTP/1.1 200 OK\r\n';
  /** For ever: as long as somebody reads. */
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
