import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { suite, test } from 'node:test';
import { PhoneHomeServer } from '@omnia-buildstream/engine/report/phoneHome';
import { TcpProbe } from '@omnia-buildstream/engine/report/tcpProbe';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';

const node = { bmcIp: '127.20.1.1', adminIp: '127.40.1.1', hostname: 'cn-00001', wasOn: false };
const signal = new AbortController().signal;

async function post(port: number, localAddress: string, hostname: string): Promise<number> {
  const sent = request({ port, host: '127.0.0.1', method: 'POST', localAddress, agent: false });
  sent.end(new URLSearchParams({ hostname }).toString());
  const [response] = (await once(sent, 'response')) as [{ statusCode: number; resume(): void }];
  response.resume();
  return response.statusCode;
}

suite('phone-home', () => {
  test('a node is told that it was heard only when its result is kept', async () => {
    const server = await PhoneHomeServer.listen('127.0.0.1', 0);
    const watch = server.watch(node);
    const answered = post(server.port, node.adminIp, 'another-name');
    const report = await watch.reported(signal);
    assert.match(report.detail, /127\.40\.1\.1/);
    report.confirm();
    watch.close();
    assert.equal(await answered, 200);
    assert.equal(await post(server.port, node.adminIp, ''), 200, 'and again when the answer got lost');
    await server.close();
  });

  test('behind an address translation the host name tells the node', async () => {
    const server = await PhoneHomeServer.listen('127.0.0.1', 0);
    const watch = server.watch(node);
    const answered = post(server.port, '127.0.0.1', 'CN-00001');
    (await watch.reported(signal)).confirm();
    assert.equal(await answered, 200);
    await server.close();
  });

  test('a node that nobody waits for shall try again', async () => {
    const server = await PhoneHomeServer.listen('127.0.0.1', 0);
    assert.equal(await post(server.port, '127.0.0.1', 'stranger'), 503);
    server.watch(node).close();
    assert.equal(await post(server.port, node.adminIp, node.hostname), 503);
    await server.close();
  });
});

suite('TCP probe', () => {
  const probeOf = (port: number): TcpProbe => {
    return new TcpProbe({ clock: systemClock, port, intervalMs: 10, connectTimeoutMs: 500 });
  };

  test('a system that was running must be seen to go down first', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, node.adminIp);
    await once(server, 'listening');
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    const { port } = address;
    let isReported = false;
    const reported = probeOf(port)
      .watch({ ...node, wasOn: true })
      .reported(signal)
      .then(() => (isReported = true));
    await systemClock.sleep(60);
    assert.equal(isReported, false, 'the old system still answers');
    server.close();
    await systemClock.sleep(60);
    const again = createServer((socket) => socket.destroy()).listen(port, node.adminIp);
    await reported;
    again.close();
  });

  test('a node without admin address never counts as up', async () => {
    const ends = AbortSignal.timeout(60);
    await assert.rejects(
      probeOf(22)
        .watch({ ...node, adminIp: '' })
        .reported(ends),
      (error) => error === ends.reason,
    );
  });
});
