import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { bootStateIn, cloudInitOutcome } from '@omnia-buildstream/engine/report/bootState';
import { SshProbe } from '@omnia-buildstream/engine/report/sshProbe';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import type { NodeProgress } from '@omnia-buildstream/core/restart/interruptedRun';
import { watchOfBegun } from '@omnia-buildstream/engine/restart/nodeWatch';
import { defaultRestartSettings } from '@omnia-buildstream/engine/restart/settings';
import {
  NotBooted,
  type NodeWatch,
  type ReportingNode,
  type ReportSource,
} from '@omnia-buildstream/engine/ports/reports';
import type { SshAnswer } from '@omnia-buildstream/engine/validate/probes/ssh';
import { withDeadline, DeadlineError } from '@omnia-buildstream/engine/time/deadline';
import { VirtualClock } from '../../support/engine/virtualClock.ts';
import { World } from '../../support/engine/world.ts';

const minuteMs = 60_000;

const shown: readonly (readonly [string, ReturnType<typeof cloudInitOutcome> | undefined])[] = [
  ['12.34 40.10\nstatus: done\nextended_status: done\n', 'done'],
  ['12.34 40.10\nstatus: done\n', 'done'],
  ['12.34 40.10\nstatus: done\nextended_status: degraded done\n', 'failed'],
  ['12.34 40.10\nstatus: error\nextended_status: error - done\ndetail: modules failed\n', 'failed'],
  ['12.34 40.10\nstatus: disabled\n', 'failed'],
  ['12.34 40.10\nstatus: running\nextended_status: degraded running\n', 'pending'],
  ['12.34 40.10\nstatus: not started\n', 'pending'],
  ['12.34 40.10\n', 'pending'],
  // The output of a site's shell profile comes first and may contain lines that look like ours.
  ['Welcome to cn-1\nstatus: running\n12.34 40.10\nstatus: done\n', 'done'],
  ['\r\n12.34 40.10\r\nstatus: done\r\n', 'done'],
  ['12.34 GB free\n3\n12.34 40.10\nstatus: running\n', 'pending'],
  ['up 3 days\nstatus: done\n', undefined],
  ['', undefined],
];

suite('what a node prints of its boot', () => {
  for (const [text, outcome] of shown) {
    test(`${JSON.stringify(text)}: ${outcome ?? 'nothing'}`, () => {
      const state = bootStateIn(text);
      assert.equal(state && cloudInitOutcome(state), outcome);
    });
  }
});

/** What SSH shows of a node at a time on our clock, after half of the latency. */
type Answers = (nowMs: number) => Partial<SshAnswer> | { readonly bootedMs: number; readonly cloudInit: string };

function probeOf(clock: VirtualClock, answers: Answers, { latencyMs = 200, isOpen = (): boolean => true } = {}) {
  const settings = { user: 'root', key: undefined, port: 22, hostKeys: 'yes', knownHosts: undefined } as const;
  const run = async (_args: readonly string[], signal: AbortSignal): Promise<SshAnswer> => {
    await clock.sleep(latencyMs / 2, signal);
    const answer = answers(clock.monotonic());
    await clock.sleep(latencyMs / 2, signal);
    const none = { code: 0, stdout: '', stderr: '', isMissing: false };
    if (!('bootedMs' in answer)) return { ...none, ...answer };
    const uptime = ((clock.monotonic() - latencyMs / 2 - answer.bootedMs) / 1000).toFixed(2);
    return { ...none, stdout: `${uptime} 1.00\nstatus: ${answer.cloudInit}\n` };
  };
  return new SshProbe({
    clock,
    login: { settings: { ...settings, connectTimeoutMs: 1_000 }, run },
    intervalMs: 15_000,
    connectTimeoutMs: 1_000,
    loginTimeoutMs: 20_000,
    concurrency: 4,
    responds: () => Promise.resolve(isOpen()),
  });
}

const node: ReportingNode = {
  bmcIp: '10.6.0.1',
  adminIp: '10.5.0.1',
  hostname: 'cn-1',
  wasOn: true,
  resetMs: undefined,
};

/** The outcome of the watch within half an hour: booted, or why not. */
async function endOf(clock: VirtualClock, watch: NodeWatch): Promise<string> {
  const { signal } = new AbortController();
  try {
    await withDeadline(clock, 30 * minuteMs, signal, (inner) => watch.reported(inner));
    return 'booted';
  } catch (error) {
    if (error instanceof NotBooted) return error.reason;
    assert.ok(error instanceof DeadlineError);
    return watch.missing?.failure ?? 'nothing';
  }
}

const refused = { code: 255, stderr: 'root@10.5.0.1: Permission denied (publickey).' };
const unknownKey = {
  code: 255,
  stderr: 'No ED25519 host key is known for 10.5.0.1 and you have requested strict checking.',
};

const cases: readonly (readonly [string, Answers, string])[] = [
  ['the system from before never counts, however done it is', () => ({ bootedMs: 0, cloudInit: 'done' }), 'old-boot'],
  [
    'a failed cloud-init of the system from before does not end the wait',
    () => ({ bootedMs: 0, cloudInit: 'error' }),
    'old-boot',
  ],
  ['a refused login', () => refused, 'ssh-refused'],
  ['an unknown host key', () => unknownKey, 'ssh-refused'],
  ['no session', () => ({ code: 255, stderr: 'Connection reset by peer' }), 'ssh-unreachable'],
];

suite('a node that is asked by SSH', () => {
  const start = Date.parse('2026-04-10T16:00:00Z');

  test('counts when it has booted since the reset and cloud-init is done, not before', async () => {
    const clock = new VirtualClock();
    const resetMs = clock.monotonic();
    const doneMs = resetMs + 6 * minuteMs;
    const answers: Answers = (now) => ({
      bootedMs: resetMs + 2 * minuteMs,
      cloudInit: now < doneMs ? 'running' : 'done',
    });
    const isOpen = (): boolean => clock.monotonic() > resetMs + 3 * minuteMs;
    const watch = probeOf(clock, answers, { isOpen }).watch({ ...node, resetMs });
    assert.equal(await endOf(clock, watch), 'booted');
    assert.ok(clock.monotonic() >= doneMs && clock.monotonic() < doneMs + minuteMs);
  });

  for (const [name, answers, expected] of cases) {
    test(name, async () => {
      const clock = new VirtualClock({ startMs: start });
      const watch = probeOf(clock, answers).watch({ ...node, resetMs: start });
      assert.equal(await endOf(clock, watch), expected);
    });
  }

  for (const cloudInit of ['error', 'disabled', 'degraded done']) {
    test(`cloud-init ${cloudInit} of a new boot ends the wait at once`, async () => {
      const clock = new VirtualClock();
      const resetMs = clock.monotonic();
      const watch = probeOf(clock, () => ({ bootedMs: resetMs + 1_000, cloudInit })).watch({ ...node, resetMs });
      await clock.sleep(minuteMs);
      assert.equal(await endOf(clock, watch), 'cloud-init-failed');
      assert.ok(clock.monotonic() - resetMs < 2 * minuteMs);
    });
  }

  test('after a kill: what ran before is known to be gone, or seen closed, or younger than the watch', async () => {
    const clock = new VirtualClock();
    const old: Answers = () => ({ bootedMs: start, cloudInit: 'done' });
    await clock.sleep(60 * minuteMs);
    assert.equal(await endOf(clock, probeOf(clock, old).watch(node)), 'old-boot');
    assert.equal(await endOf(clock, probeOf(clock, old).watch({ ...node, wasOn: false })), 'booted');
    const gone = probeOf(clock, old).watch(node);
    gone.oldIsGone();
    assert.equal(await endOf(clock, gone), 'booted');
    let looks = 0;
    const closedOnce = probeOf(clock, old, { isOpen: () => ++looks > 2 }).watch(node);
    assert.equal(await endOf(clock, closedOnce), 'booted');
  });

  test('whatever the latency: a boot before the reset never counts, one after it always does', async () => {
    const at = fc.integer({ min: -120_000, max: 120_000 });
    await fc.assert(
      fc.asyncProperty(at, fc.integer({ min: 0, max: 10_000 }), fc.boolean(), async (offsetMs, latencyMs, wasOn) => {
        const clock = new VirtualClock();
        const resetMs = clock.monotonic();
        const bootedMs = resetMs + offsetMs;
        // Nothing responds before it boots.
        const isOpen = (): boolean => clock.monotonic() >= bootedMs;
        const answers: Answers = () => ({ bootedMs, cloudInit: 'done' });
        const end = await endOf(
          clock,
          probeOf(clock, answers, { latencyMs, isOpen }).watch({ ...node, wasOn, resetMs }),
        );
        // Uptime has a resolution of hundredths of a second, and half of the latency is unknown.
        if (offsetMs < 0) assert.equal(end, 'old-boot');
        else if (offsetMs > latencyMs / 2 + 20) assert.equal(end, 'booted');
      }),
      { numRuns: 60 },
    );
  });

  test('the run says which state the node was in, with its advice', async () => {
    const world = new World();
    world.addNode();
    const reports = probeOf(world.clock, () => ({ bootedMs: start - minuteMs, cloudInit: 'done' }));
    await world.run({ reports });
    const event = world.events.find((one) => one.type === 'node-finished');
    assert.ok(event?.type === 'node-finished');
    assert.equal(event.failure, 'old-boot');
    assert.match(
      event.message,
      /The node still runs the system from before the reset: last seen: power On; it has been up for/,
    );
    assert.match(event.advice, /did not restart/);
  });
});

suite('the system from before, in a run that is gone on with', () => {
  const target = { bmcIp: node.bmcIp, adminIp: node.adminIp, hostname: node.hostname } as Target;
  const intent = { type: 'reset', at: '', bmcIp: node.bmcIp, power: 'On', lastResetTime: '', override: '' } as const;
  const progresses: readonly (readonly [NodeProgress, 'force' | 'graceful', boolean])[] = [
    [{ stage: 'reset' }, 'force', false],
    [{ stage: 'reset' }, 'graceful', true],
    [{ stage: 'in-doubt' }, 'force', true],
    [{ stage: 'maybe-reset', intent: { ...intent, kind: 'ForceRestart' } }, 'force', true],
  ];
  for (const [progress, restart, wasOn] of progresses) {
    test(`${progress.stage}, ${restart}: it ${wasOn ? 'may still respond' : 'is gone'}`, () => {
      let watched: ReportingNode | undefined;
      const reports: ReportSource = {
        watch: (one) => {
          watched = one;
          return {
            reported: () => new Promise(() => undefined),
            oldIsGone: () => undefined,
            missing: undefined,
            close: () => undefined,
          };
        },
      };
      watchOfBegun({ reports, settings: { ...defaultRestartSettings, restart } }, target, progress);
      assert.deepEqual([watched?.wasOn, watched?.resetMs], [wasOn, undefined]);
    });
  }
});

suite('PXE for every boot', () => {
  test('is told at the end, with the names of the nodes', async () => {
    const world = new World();
    world.addNode();
    world.addNode({ faults: [{ on: 'reset', gives: 'refused' }] });
    const { everyBoot } = await world.run({ settings: { lasting: 'continuous' } });
    assert.deepEqual(everyBoot, ['cn-1'], 'that of the other was taken back');
  });

  test('of one boot nothing is told', async () => {
    const world = new World();
    world.addNode();
    assert.deepEqual((await world.run()).everyBoot, []);
  });
});
