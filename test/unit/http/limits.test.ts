import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { suite, test, type TestContext } from 'node:test';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { GitLabClient } from '@omnia-buildstream/gitlab/api/client';
import { isGitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { HttpClient } from '@omnia-buildstream/http/client/httpClient';
import { TransportError } from '@omnia-buildstream/http/client/transportError';
import { systemAuthorities } from '@omnia-buildstream/http/tls/policy';
import { pathOn } from '@omnia-buildstream/http/client/wire/location';
import { fc } from '../../support/properties/fastCheck.ts';

/** What a server does with a connection after the first request on it. */
type Behaviour = (socket: net.Socket, request: string) => void;

interface Server {
  readonly url: URL;
  readonly requests: string[];
}

async function serve(t: TestContext, behave: Behaviour): Promise<Server> {
  const requests: string[] = [];
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      requests.push(data.toString('latin1'));
      behave(socket, data.toString('latin1'));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as net.AddressInfo;
  return { url: new URL(`http://127.0.0.1:${String(port)}`), requests };
}

/** A clock on which a limit expires when `pass` is called, and never on its own. */
class HandClock implements Clock {
  readonly now = (): number => 0;
  readonly monotonic = (): number => 0;
  readonly #waiting = new Map<() => void, number>();

  sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(resolve, durationMs);
      signal?.addEventListener('abort', () => {
        this.#waiting.delete(resolve);
        reject(signal.reason as Error);
      });
    });
  }

  /** Ends every wait of this length. */
  pass(durationMs: number): void {
    for (const [wake, ms] of this.#waiting) if (ms === durationMs) wake();
  }
}

const head = (extra = '', status = '200 OK'): string =>
  `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\n${extra}\r\n`;
const chunk = (data: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${data.byteLength.toString(16)}\r\n`), data, Buffer.from('\r\n')]);
const chunked = 'transfer-encoding: chunked\r\n';
const packed = (encoding: string, data: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(head(`content-encoding: ${encoding}\r\ncontent-length: ${String(data.byteLength)}\r\n`)),
    data,
  ]);

const maxBodyBytes = 64 * 1024;
const totalMs = 7_777;
const never = new AbortController().signal;

interface Case {
  readonly name: string;
  readonly behave: Behaviour;
  readonly reason: TransportError['reason'];
  /** Fails only once time passes. */
  readonly isSlow?: boolean;
}

/** Writes until the other side stops reading. */
function flood(socket: net.Socket, piece: string | Buffer): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on('drain', more);
  more();
}

const cases: readonly Case[] = [
  {
    name: 'a body without end',
    behave: (socket) => {
      socket.write(head(chunked));
      flood(socket, chunk(Buffer.alloc(8_192, 'x')));
    },
    reason: 'bad-answer',
  },
  {
    name: 'a bomb of gzip',
    behave: (socket) => void socket.write(packed('gzip', gzipSync(Buffer.alloc(50_000_000)))),
    reason: 'bad-answer',
  },
  {
    name: 'a bomb of bare deflate',
    behave: (socket) => void socket.write(packed('deflate', deflateRawSync(Buffer.alloc(50_000_000)))),
    reason: 'bad-answer',
  },
  {
    name: 'a bomb of brotli',
    behave: (socket) => void socket.write(packed('br', brotliCompressSync(Buffer.alloc(50_000_000)))),
    reason: 'bad-answer',
  },
  {
    name: 'a bomb in a bomb',
    behave: (socket) => void socket.write(packed('gzip, gzip', gzipSync(gzipSync(Buffer.alloc(50_000_000))))),
    reason: 'bad-answer',
  },
  {
    name: 'a body that is not packed as it says',
    behave: (socket) => void socket.write(packed('gzip', Buffer.from('{"plain": true}'))),
    reason: 'bad-answer',
  },
  {
    name: 'a body that is not deflated as it says',
    behave: (socket) => void socket.write(packed('deflate', Buffer.from('{"plain": true}'))),
    reason: 'bad-answer',
  },
  {
    name: 'a packing that nobody knows',
    behave: (socket) => void socket.write(packed('constructor', Buffer.from('{}'))),
    reason: 'bad-answer',
  },
  {
    name: 'a head without end',
    behave: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      flood(socket, `x-${'a'.repeat(100)}: ${'b'.repeat(1_000)}\r\n`);
    },
    reason: 'bad-answer',
  },
  {
    name: 'answers before the answer for ever',
    behave: (socket) => void socket.write('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'),
    reason: 'broken',
    isSlow: true,
  },
  {
    name: 'a byte, and then nothing',
    behave: (socket) => void socket.write(`${head(chunked)}1\r\n{\r\n`),
    reason: 'broken',
    isSlow: true,
  },
  { name: 'no answer at all', behave: () => undefined, reason: 'broken', isSlow: true },
  { name: 'no HTTP', behave: (socket) => void socket.write('SSH-2.0-OpenSSH\r\n'), reason: 'bad-answer' },
];

/** Runs the work after pending reads are done. */
function soon(work: () => void): void {
  setImmediate(() => setImmediate(work));
}

suite('a server that misbehaves is given up', () => {
  for (const { name, behave, reason, isSlow = false } of cases) {
    test(name, async (t) => {
      const clock = new HandClock();
      const { url, requests } = await serve(t, (socket, request) => {
        behave(socket, request);
        if (isSlow) {
          soon(() => {
            clock.pass(totalMs);
          });
        }
      });
      const limits = { requestTimeoutMs: totalMs, maxBodyBytes };
      const client = new HttpClient({ server: url, tls: systemAuthorities, clock, ...limits });
      t.after(() => client.close());
      const asked = client.send({ method: 'GET', path: '/' }, never);
      await assert.rejects(asked, (error) => {
        assert.ok(error instanceof TransportError, String(error));
        assert.equal(error.reason, reason, error.message);
        return true;
      });
      assert.equal(requests.length, 1);
    });

    test(`${name}, as GitLab`, async (t) => {
      const wall = new HandClock();
      const clock = { now: () => 0, sleep: wall.sleep.bind(wall) };
      const { url } = await serve(t, (socket, request) => {
        behave(socket, request);
        if (isSlow) {
          soon(() => {
            wall.pass(totalMs);
          });
        }
      });
      const limits = { totalMs, answerMs: totalMs + 1, pieceMs: totalMs + 2, bodyBytes: maxBodyBytes };
      const proxy = { env: {} };
      const token = (): Promise<string> => Promise.resolve('glpat-secret');
      const client = new GitLabClient({ server: url, trust: {}, proxy, token, clock, limits, random: () => 0 });
      t.after(() => client.close());
      await assert.rejects(client.identity.project(1, { signal: never, attempts: 1 }), (error) => isGitLabError(error));
    });
  }
});

suite('each limit of time ends a request by itself', () => {
  const limits = { totalMs: 9_001, answerMs: 9_002, pieceMs: 9_003, bodyBytes: maxBodyBytes };
  const waits: readonly (readonly [limit: 'totalMs' | 'answerMs' | 'pieceMs', when: string, said: string])[] = [
    ['totalMs', 'before the answer', ''],
    ['answerMs', 'before the answer', ''],
    ['totalMs', 'within the body', `${head(chunked)}1\r\n{\r\n`],
    ['pieceMs', 'within the body', `${head(chunked)}1\r\n{\r\n`],
  ];
  for (const [limit, when, said] of waits) {
    test(`${limit}, ${when}`, async (t) => {
      const wall = new HandClock();
      const { url } = await serve(t, (socket) => {
        if (said !== '') socket.write(said);
        // Only this limit expires, repeatedly until the previous chunk has been read.
        const pass = (): void => {
          wall.pass(limits[limit]);
          if (!socket.destroyed) setImmediate(pass);
        };
        pass();
      });
      const clock = { now: () => 0, sleep: wall.sleep.bind(wall) };
      const token = (): Promise<string> => Promise.resolve('glpat-secret');
      const proxy = { env: {} };
      const client = new GitLabClient({ server: url, trust: {}, proxy, token, clock, limits, random: () => 0 });
      t.after(() => client.close());
      await assert.rejects(client.identity.project(1, { signal: never, attempts: 1 }), (error) => isGitLabError(error));
    });
  }
});

test('a body is unpacked whoever packed it, asked or not', async (t) => {
  for (const [encoding, pack] of [
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['identity', (data: Buffer) => data],
  ] as const) {
    for (const text of ['{"a":1}', '', JSON.stringify(Array.from({ length: 20_000 }, (_, index) => index))]) {
      const { url } = await serve(t, (socket) => void socket.write(packed(encoding, pack(Buffer.from(text)))));
      const client = new HttpClient({ server: url, tls: systemAuthorities, clock: new HandClock() });
      t.after(() => client.close());
      assert.equal((await client.send({ method: 'GET', path: '/' }, never)).text, text, encoding);
    }
  }
});

suite('a list whose pages never end', () => {
  for (const [name, next] of [
    ['names itself as the next page', () => '/api/v4/projects/1/pipelines/1/jobs?page=1&per_page=100'],
    [
      'names ever more pages',
      (page: number) => `/api/v4/projects/1/pipelines/1/jobs?page=${String(page)}&per_page=100`,
    ],
  ] as const) {
    test(name, async (t) => {
      let page = 1;
      const { url } = await serve(t, (socket, request) => {
        const { host = '' } = /host: (?<host>\S+)/i.exec(request)?.groups ?? {};
        const link = `link: <http://${host}${next(++page)}>; rel="next"\r\n`;
        socket.write(`${head(`${link}content-length: 4\r\n`)}[{}]`);
      });
      const clock = { now: () => 0, sleep: new HandClock().sleep.bind(new HandClock()) };
      const proxy = { env: {} };
      const token = (): Promise<string> => Promise.resolve('glpat-secret');
      const client = new GitLabClient({ server: url, trust: {}, proxy, token, clock, random: () => 0 });
      t.after(() => client.close());
      await assert.rejects(client.jobs.listOfPipeline(1, 1, { signal: never }), (error) => {
        return isGitLabError(error, 'unexpected-answer') && error.message.includes('pages do not end');
      });
    });
  }
});

suite('redirects', () => {
  const headers = { 'x-auth-token': 'secret' };
  const clientOf = (t: TestContext, server: URL): HttpClient => {
    const client = new HttpClient({ server, tls: systemAuthorities, clock: new HandClock(), redirects: 3 });
    t.after(() => client.close());
    return client;
  };

  for (const status of ['301 Moved', '302 Found', '307 Temporary', '308 Permanent']) {
    test(`${status} on the same origin is followed with the method kept`, async (t) => {
      const { url, requests } = await serve(t, (socket, request) => {
        const isFirst = request.includes(' /a ');
        socket.write(isFirst ? head('location: /a/\r\ncontent-length: 0\r\n', status) : head('content-length: 0\r\n'));
      });
      const request = { method: 'POST', path: '/a', headers, body: '{}' } as const;
      const answer = await clientOf(t, url).send(request, never);
      assert.equal(answer.status, 200);
      assert.equal(answer.text, '');
      assert.deepEqual(
        requests.map((text) => text.split(' HTTP')[0]),
        ['POST /a', 'POST /a/'],
      );
    });

    for (const location of ['http://evil.invalid/', '//evil.invalid/', 'http://[', 'http://a:b@127.0.0.1/', '']) {
      test(`${status} to ${location === '' ? 'nowhere' : location} is a value, and no token goes there`, async (t) => {
        const place = location === '' ? '' : `location: ${location}\r\n`;
        const { url, requests } = await serve(t, (socket) => {
          socket.write(head(`${place}content-length: 0\r\n`, status));
        });
        const asked = clientOf(t, url).send({ method: 'GET', path: '/a', headers }, never);
        await assert.rejects(asked, (error) => error instanceof TransportError && error.reason === 'bad-answer');
        assert.equal(requests.length, 1);
      });
    }
  }

  test('no text is a path elsewhere', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom('//x', '\\\\x', 'javascript:1', '/\t/x')),
        (text) => {
          const path = pathOn('https://bmc.example', text);
          assert.ok(path === undefined || new URL(path, 'https://bmc.example').origin === 'https://bmc.example');
        },
      ),
    );
  });
});

test('arguments that no request can have are values', async () => {
  const server = new URL('http://127.0.0.1:9');
  const client = new HttpClient({ server, tls: systemAuthorities, clock: new HandClock() });
  for (const request of [
    { method: 'GET', path: 'no slash' },
    { method: 'GET', path: '/a b\r\nx: y' },
    { method: 'GET', path: '/', headers: { 'x-auth-token': 'a\r\nb: c' } },
  ] as const) {
    await assert.rejects(client.send(request, never), (error) => {
      return error instanceof TransportError && error.reason === 'not-connected';
    });
  }
  await client.close();
});
