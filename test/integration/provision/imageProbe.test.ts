import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, suite, test } from 'node:test';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { HttpImageProbe } from '@omnia-buildstream/provision/images/httpImageProbe';
import { quietNetwork } from '../../support/lab.ts';

suite('images over HTTP', () => {
  const requests: string[] = [];
  let server: Server;
  let base: string;
  let sentBytes = 0;
  const probe = new HttpImageProbe({ ca: undefined, pins: [] }, systemClock);

  const answer: RequestListener = (request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.range ?? ''}`.trim());
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    if (pathname === '/moved') response.writeHead(302, { location: '/there' }).end();
    else if (pathname === '/circle') response.writeHead(302, { location: '/circle' }).end();
    else if (pathname.startsWith('/no-head') && request.method === 'HEAD') response.writeHead(405).end();
    else if (pathname === '/no-head-missing') response.writeHead(404).end('x'.repeat(1_000_000));
    else if (pathname === '/no-head-endless') {
      response.writeHead(200);
      const more = (): void => {
        if (response.destroyed) return;
        sentBytes += 65_536;
        response.write(Buffer.alloc(65_536), () => setImmediate(more));
      };
      more();
    } else response.writeHead(pathname === '/there' ? 200 : Number(pathname.slice(1)) || 206).end();
  };

  before(async () => {
    server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });

  after(async () => {
    await probe.close();
    server.closeAllConnections();
    server.close();
  });

  const reasonFor = async (url: string): Promise<string | undefined> =>
    (await probe.probe(url, new AbortController().signal))?.reason;

  for (const [path, expected] of [
    ['/there', undefined],
    ['/moved', undefined],
    ['/404', 'missing'],
    ['/403', 'forbidden'],
    ['/500', 'refused'],
    ['/circle', 'refused'],
    ['/no-head', undefined],
    ['/no-head-missing', 'missing'],
  ] as const) {
    test(`${path} is ${expected ?? 'there'}`, async () => {
      assert.equal(await reasonFor(`${base}${path}`), expected);
    });
  }

  test('a server without HEAD is asked for one byte', async () => {
    requests.length = 0;
    await reasonFor(`${base}/no-head`);
    assert.deepEqual(requests, ['HEAD /no-head', 'GET /no-head bytes=0-0']);
  });

  test('a server without HEAD and ranges is not read to the end', async () => {
    assert.equal(await reasonFor(`${base}/no-head-endless`), undefined);
    assert.ok(sentBytes < 50_000_000);
  });

  test('what is no URL, or has a password in it, is not asked for', async () => {
    requests.length = 0;
    const secret = base.replace('http://', 'http://user:secret@');
    assert.deepEqual(
      await Promise.all(['vmlinuz', 's3://boot-images/k', secret].map(reasonFor)),
      Array(3).fill('bad-url'),
    );
    assert.deepEqual(requests, []);
  });

  test('a server that does not run is unreachable', async (t) => {
    const { network, port } = await quietNetwork();
    t.after(() => network.release());
    assert.equal(await reasonFor(`http://${network.managementAddress}:${String(port)}/k`), 'unreachable');
  });
});
