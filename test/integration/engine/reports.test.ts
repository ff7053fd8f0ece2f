import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { suite, test } from 'node:test';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { PhoneHomeServer } from '@omnia-buildstream/engine/report/phoneHome';
import { TcpProbe } from '@omnia-buildstream/engine/report/tcpProbe';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { VirtualClock } from '../../support/engine/virtualClock.ts';

const node = { bmcIp: '127.20.1.1', adminIp: '127.40.1.1', hostname: 'cn-00001', wasOn: false, resetMs: undefined };
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
    const server = await PhoneHomeServer.listen('127.0.0.1', 0, systemClock);
    const watch = server.watch(node);
    const answered = post(server.port, node.adminIp, 'another-name');
    const report = await watch.reported(signal);
    assert.match(wordsOf(report.detail), /127\.40\.1\.1/);
    report.confirm();
    watch.close();
    assert.equal(await answered, 200);
    assert.equal(await post(server.port, node.adminIp, ''), 200, 'and again when the answer got lost');
    await server.close();
  });

  test('behind an address translation the hostname tells the node', async () => {
    const server = await PhoneHomeServer.listen('127.0.0.1', 0, systemClock);
    const watch = server.watch(node);
    const answered = post(server.port, '127.0.0.1', 'CN-00001');
    (await watch.reported(signal)).confirm();
    assert.equal(await answered, 200);
    await server.close();
  });

  test('a node that nobody waits for shall try again', async () => {
    const server = await PhoneHomeServer.listen('127.0.0.1', 0, systemClock);
    assert.equal(await post(server.port, '127.0.0.1', 'stranger'), 503);
    server.watch(node).close();
    assert.equal(await post(server.port, node.adminIp, node.hostname), 503);
    await server.close();
  });
});

suite('TCP probe', { concurrency: true }, () => {
  /** A clock whose pauses end when the test says so, and whose connection limit never expires. */
  class Turns {
    readonly #paused: (() => void)[] = [];
    readonly #arrived: (() => void)[] = [];

    readonly clock: Clock = {
      ...systemClock,
      sleep: (durationMs, ends) =>
        new Promise((resolve, reject) => {
          ends?.addEventListener('abort', () => {
            reject(ends.reason as Error);
          });
          if (durationMs !== intervalMs) return;
          this.#paused.push(resolve);
          this.#arrived.shift()?.();
        }),
    };

    /** Resolves once the probe has checked and is pausing. */
    async looked(): Promise<void> {
      if (this.#paused.length === 0) await new Promise<void>((resolve) => this.#arrived.push(resolve));
    }

    goOn(): void {
      this.#paused.shift()?.();
    }
  }

  const intervalMs = 5_000;
  const probeOf = (port: number, { clock }: Turns): TcpProbe => {
    return new TcpProbe({ clock, port, intervalMs, connectTimeoutMs: 3_000 });
  };

  test('a system that was running must be seen to go down first', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, node.adminIp);
    await once(server, 'listening');
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    const { port } = address;
    const turns = new Turns();
    let isReported = false;
    const reported = probeOf(port, turns)
      .watch({ ...node, wasOn: true })
      .reported(signal)
      .then(() => (isReported = true));
    for (let look = 0; look < 3; look++) {
      await turns.looked();
      assert.equal(isReported, false, 'the old system still answers');
      if (look < 2) turns.goOn();
    }
    await new Promise((resolve) => server.close(resolve));
    turns.goOn();
    await turns.looked();
    const again = createServer((socket) => socket.destroy()).listen(port, node.adminIp);
    await once(again, 'listening');
    turns.goOn();
    await reported;
    again.close();
  });

  test('a host that does not answer in time is not up', async () => {
    const clock = new VirtualClock();
    const ends = new AbortController();
    let looks = 0;
    // An address reserved for documentation: nothing answers, or the network rejects it at once.
    const silent = { ...node, adminIp: '192.0.2.1', wasOn: false };
    const counting: Clock = {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      sleep: async (durationMs, until) => {
        if (durationMs === intervalMs && ++looks === 3) ends.abort(new Error('enough'));
        await clock.sleep(durationMs, until);
      },
    };
    const probe = new TcpProbe({ clock: counting, port: 22, intervalMs, connectTimeoutMs: 3_000 });
    await assert.rejects(probe.watch(silent).reported(ends.signal), /enough/);
  });

  test('a node without admin address never counts as up', async () => {
    const ends = new AbortController();
    const turns = new Turns();
    const reported = probeOf(22, turns)
      .watch({ ...node, adminIp: '' })
      .reported(ends.signal);
    await turns.looked();
    turns.goOn();
    await turns.looked();
    ends.abort(new Error('enough'));
    await assert.rejects(reported, /enough/);
  });
});
