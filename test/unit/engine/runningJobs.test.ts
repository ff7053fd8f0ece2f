import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { onlyLook, type WorkSettings } from '@omnia-buildstream/core/plan/jobs/workSettings';
import type { KnownWork, NodeWork } from '@omnia-buildstream/core/plan/jobs/nodeWork';
import type { DrainEnd, WorkloadManager, WorkloadNode } from '@omnia-buildstream/engine/ports/workload';
import { defaultRestartSettings } from '@omnia-buildstream/engine/restart/settings';
import { wholeRollout } from '@omnia-buildstream/engine/restart/rollout';
import type { RestartEvent, RestartSummary } from '@omnia-buildstream/engine/restart/events';
import { SharedLook } from '@omnia-buildstream/engine/workload/sharedLook';
import { fc } from '../../support/properties/fastCheck.ts';
import type { FakeFault } from '../../support/engine/fakeFleet.ts';
import { World } from '../../support/engine/world.ts';

type Says = 'free' | 'busy' | 'not-listed' | 'no-answer';

const jobs = { unit: 'jobs', count: 2, users: ['alice'], latestEnd: 'no-limit' } as const;

function workOf(says: Says): NodeWork {
  if (says === 'free') return { kind: 'free' };
  return says === 'busy' ? { kind: 'busy', jobs } : { kind: 'not-known', reason: says, why: 'it is silent' };
}

/** Reports the scripted states of a node one after another, the last one forever. Some queries fail or hang. */
class FakeManager implements WorkloadManager {
  readonly last = new Map<string, Says>();
  readonly #script: ReadonlyMap<string, readonly Says[]>;
  readonly #fate: (asked: number) => 'answers' | 'throws' | 'hangs';
  readonly #asked = new Map<string, number>();
  questions = 0;
  /** Orders in sequence, such as `drain 10.6.0.1`. */
  readonly orders: string[] = [];
  /** The outcome of every order. */
  ends: DrainEnd = { kind: 'done' };

  constructor(
    script: ReadonlyMap<string, readonly Says[]>,
    fate: (asked: number) => 'answers' | 'throws' | 'hangs' = () => 'answers',
  ) {
    this.#script = script;
    this.#fate = fate;
  }

  drain({ bmcIp }: WorkloadNode, reason: string, before: () => void): Promise<DrainEnd> {
    assert.match(reason, /^buildstream: restart, run [\w-]+$/);
    if (this.ends.kind === 'done') before();
    this.orders.push(`drain ${bmcIp}`);
    return Promise.resolve(this.ends);
  }

  resume({ bmcIp }: WorkloadNode): Promise<DrainEnd> {
    this.orders.push(`resume ${bmcIp}`);
    return Promise.resolve(this.ends);
  }

  workOn(nodes: readonly { readonly bmcIp: string }[]): Promise<KnownWork> {
    const fate = this.#fate(this.questions++);
    if (fate !== 'answers') for (const { bmcIp } of nodes) this.last.set(bmcIp, 'no-answer');
    if (fate === 'hangs') return new Promise(() => undefined);
    if (fate === 'throws') return Promise.reject(new Error('the controller is away'));
    return Promise.resolve(
      new Map(
        nodes.map(({ bmcIp }) => {
          const script = this.#script.get(bmcIp) ?? [];
          const asked = this.#asked.get(bmcIp) ?? 0;
          this.#asked.set(bmcIp, asked + 1);
          const says = script[Math.min(asked, script.length - 1)] ?? 'no-answer';
          this.last.set(bmcIp, says);
          return [bmcIp, workOf(says)] as const;
        }),
      ),
    );
  }
}

suite('jobs on nodes that are restarted', () => {
  const says = fc.constantFrom<Says>('free', 'free', 'free', 'busy', 'not-listed', 'no-answer');
  const faults = fc.constantFrom<readonly FakeFault[]>(
    [],
    [],
    [{ on: 'reset', gives: 'busy', times: 2 }],
    [{ on: 'reset', gives: 'dropped', times: 1 }],
    [{ on: 'reset', gives: 'lost', times: 1 }],
    [{ on: 'setPxe', gives: 'busy', times: 1 }],
  );
  const node = fc.record({
    planned: says,
    script: fc.array(says, { minLength: 1, maxLength: 8 }),
    isAgreed: fc.boolean(),
    faults,
    isOn: fc.boolean(),
  });

  test('whatever the manager says and when, a node is reset only when the last word was that nothing runs on it, or when somebody agreed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(node, { minLength: 1, maxLength: 6 }),
        fc.array(fc.constantFrom<'answers' | 'throws' | 'hangs'>('answers', 'answers', 'answers', 'throws', 'hangs'), {
          maxLength: 12,
        }),
        fc.constantFrom<'force' | 'graceful'>('force', 'graceful'),
        async (given, fates, restart) => {
          const world = new World();
          const script = new Map<string, readonly Says[]>();
          const known = new Map<string, NodeWork>();
          const agreed = new Set<string>();
          const manager = new FakeManager(script, (asked) => fates[asked] ?? 'answers');
          let orders = 0;
          for (const one of given) {
            const bmcIp: string = world.addNode({
              faults: one.faults,
              isOn: one.isOn,
              onOrder: (kind) => {
                orders++;
                const last = manager.last.get(bmcIp);
                const mayBeUnknown = one.planned !== 'free' && last !== 'busy';
                // It was shut down for its restart, so it has to be turned on, whatever is reported about it by now.
                const isTurnedOn =
                  kind === 'On' && world.fleet.nodes.get(bmcIp)?.sent.includes('GracefulShutdown') === true;
                assert.ok(
                  one.isAgreed || last === 'free' || mayBeUnknown || isTurnedOn,
                  `${kind} while it was ${String(last)}`,
                );
              },
            });
            script.set(bmcIp, one.script);
            known.set(bmcIp, workOf(one.planned));
            if (one.isAgreed) agreed.add(bmcIp);
          }
          const summary = await world.run({
            settings: { restart },
            work: { manager, known, agreed, settings: onlyLook },
          });
          assert.equal(summary.booted + summary.failed + summary.notTried, given.length);
          assert.equal(summary.stopped, undefined, 'jobs of one node stop nothing');
          assert.ok(summary.busy.length <= summary.notTried && orders <= 4 * given.length);
          for (const { hostname, bmcIp } of world.targets) {
            if (agreed.has(bmcIp)) assert.ok(!summary.busy.includes(hostname));
            const isSet = world.fleet.nodes.get(bmcIp)?.override.enabled === 'Once';
            if (summary.busy.includes(hostname)) assert.ok(!isSet, 'PXE does not stay set on a node that was left');
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  async function runOf(planned: Says, script: readonly Says[], faults: readonly FakeFault[] = []): Promise<World> {
    const world = new World();
    const bmcIp = world.addNode({ faults });
    const manager = new FakeManager(new Map([[bmcIp, script]]));
    await world.run({
      work: { manager, known: new Map([[bmcIp, workOf(planned)]]), agreed: new Set(), settings: onlyLook },
    });
    return world;
  }

  test('a job that starts between plan and reset keeps its node from being reset, and nothing is set there', async () => {
    const world = await runOf('free', ['busy']);
    const [fake] = [...world.fleet.nodes.values()];
    assert.deepEqual([fake?.resets, fake?.calls.includes('setPxe')], [0, false]);
    const left = world.events.find((event) => event.type === 'node-left');
    assert.equal(
      left?.detail,
      'not restarted, because jobs are running on it now: 2 jobs of alice, without time limit',
    );
    // It has neither booted nor failed: the next run includes it again.
    assert.deepEqual(world.json('failed_nodes.json')['nodes'] ?? [], []);
    assert.equal((await world.run()).booted, 1);
  });

  test('one that starts after PXE was set leaves the node as it was', async () => {
    const world = await runOf('free', ['free', 'busy']);
    const [fake] = [...world.fleet.nodes.values()];
    assert.deepEqual([fake?.resets, fake?.calls.includes('takeBackPxe')], [0, true]);
    assert.match(
      world.events.find((event) => event.type === 'node-left')?.detail ?? '',
      /; the PXE boot setting was removed$/,
    );
  });

  test('one that starts while its BMC is busy keeps the reset from being sent again', async () => {
    const world = await runOf('free', ['free', 'free', 'busy'], [{ on: 'reset', gives: 'busy', times: 1 }]);
    assert.equal([...world.fleet.nodes.values()][0]?.resets, 0);
  });

  test('a manager that does not answer is asked again before the node is left', async () => {
    assert.equal((await runOf('free', ['no-answer', 'no-answer', 'free'])).events.at(-1)?.type, 'stage-finished');
    const silent = await runOf('free', ['no-answer']);
    assert.match(silent.events.find((event) => event.type === 'node-left')?.detail ?? '', /is no longer known/);
    const agreed = await runOf('no-answer', ['no-answer']);
    assert.equal([...agreed.fleet.nodes.values()][0]?.resets, 1, 'that it is not known was shown and agreed to');
  });

  test('a node of the canary on which jobs run is replaced by the next of its group', async () => {
    const world = new World();
    const script = new Map(
      Array.from({ length: 3 }, (_, n): [string, Says[]] => [world.addNode(), [n === 0 ? 'busy' : 'free']]),
    );
    const known = new Map([...script.keys()].map((bmcIp) => [bmcIp, workOf('free')] as const));
    const settings = { ...defaultRestartSettings, rollout: { ...wholeRollout, canary: 1 } };
    const summary = await world.run({
      settings,
      work: { manager: new FakeManager(script), known, agreed: new Set(), settings: onlyLook },
    });
    assert.deepEqual([summary.booted, summary.busy, summary.stopped], [2, ['cn-1'], undefined]);
  });

  test('a thousand nodes are asked about in few questions, each after it was asked for', async () => {
    const world = new World();
    const script = new Map(Array.from({ length: 1000 }, (_, n): [string, Says[]] => [`10.7.0.${String(n)}`, ['free']]));
    const manager = new FakeManager(script);
    const look = new SharedLook(manager, world.clock, new AbortController().signal);
    const asked = [...script.keys()].map((bmcIp) => look.at({ bmcIp, hostname: bmcIp }));
    assert.ok((await Promise.all(asked)).every(({ kind }) => kind === 'free'));
    assert.equal(manager.questions, 2);
    await look.at({ bmcIp: '10.7.0.1', hostname: 'x' });
    assert.equal(manager.questions, 3);
  });

  suite('that are drained', () => {
    const whole: WorkSettings = { drain: true, waitMs: 60 * 60_000, resume: true };

    interface Drained {
      readonly world: World;
      readonly manager: FakeManager;
      readonly summary: RestartSummary;
    }

    async function drained(
      says: readonly Says[],
      settings: Partial<WorkSettings>,
      {
        isSilent = false,
        ends = { kind: 'done' },
        stopAfter,
      }: { isSilent?: boolean; ends?: DrainEnd; stopAfter?: number } = {},
    ): Promise<Drained> {
      const world = new World();
      const bmcIp = world.addNode({ isSilent, onOrder: () => manager.orders.push(`reset ${bmcIp}`) });
      const manager: FakeManager = new FakeManager(new Map([[bmcIp, says]]));
      manager.ends = ends;
      const known = new Map([[bmcIp, workOf(says[0] ?? 'free')]]);
      const work = { manager, known, agreed: new Set<string>(), settings: { ...whole, ...settings } };
      const stop = new AbortController();
      const onEvent = ({ type }: RestartEvent): void => {
        if (type === 'node-step' && manager.questions === stopAfter) stop.abort();
      };
      return { world, manager, summary: await world.run({ work, stop: stop.signal, onEvent }) };
    }

    const only = (orders: readonly string[]): string => orders.map((order) => order.split(' ')[0]).join(' ');

    test('wait for their jobs, are restarted when these are done, and get new ones when they have reported', async () => {
      const { manager, summary, world } = await drained(['busy', 'busy', 'busy', 'free'], {});
      assert.deepEqual([only(manager.orders), summary.booted, summary.drained], ['drain reset resume', 1, []]);
      const told = world.events.flatMap(({ type }) =>
        /^node-(drained|reset|resumed|finished)$/.test(type) ? [type] : [],
      );
      assert.deepEqual(told, ['node-drained', 'node-reset', 'node-finished', 'node-resumed']);
      assert.ok(world.clock.monotonic() > 60_000, 'the jobs had their time');
    });

    test('are left when the time is over, and given back where that was asked for', async () => {
      const late = await drained(['busy'], {});
      assert.deepEqual(
        [only(late.manager.orders), late.summary.busy, late.summary.drained],
        ['drain resume', ['cn-1'], []],
      );
      assert.match(
        late.world.events.find((event) => event.type === 'node-left')?.detail ?? '',
        /still running on it after 60 min: 2 jobs/,
      );
      const kept = await drained(['busy'], { resume: false });
      assert.deepEqual([only(kept.manager.orders), kept.summary.drained], ['drain', ['cn-1']]);
    });

    test('that fail to boot stay drained, and the end names them', async () => {
      const { manager, summary } = await drained(['free'], {}, { isSilent: true });
      assert.deepEqual([only(manager.orders), summary.failed, summary.drained], ['drain reset', 1, ['cn-1']]);
    });

    test('are not waited for where nobody asked for it', async () => {
      const { manager, summary } = await drained(['free', 'busy'], { waitMs: undefined });
      assert.deepEqual([only(manager.orders), summary.busy], ['drain resume', ['cn-1']]);
    });

    test('by somebody else are theirs to give back; those that cannot be drained are left; those that are not listed are restarted', async () => {
      const others = await drained(['free'], {}, { ends: { kind: 'by-others', reason: 'disk' } });
      assert.deepEqual([only(others.manager.orders), others.summary.booted], ['drain reset', 1]);
      const refused = await drained(['free'], {}, { ends: { kind: 'not-done', why: 'Access denied' } });
      assert.deepEqual([only(refused.manager.orders), refused.summary.busy], ['drain', ['cn-1']]);
      const unlisted = await drained(['not-listed'], {}, { ends: { kind: 'not-listed' } });
      assert.deepEqual([only(unlisted.manager.orders), unlisted.summary.booted], ['drain reset', 1]);
    });

    test('are left as they are when the run is stopped while they wait', async () => {
      const { manager, summary } = await drained(['busy'], {}, { stopAfter: 2 });
      assert.deepEqual([only(manager.orders), summary.stopped, summary.notTried], ['drain resume', 'asked', 1]);
    });

    test('hold no place of those that are worked on while they wait', async () => {
      const world = new World();
      const script = new Map(
        Array.from({ length: 6 }, (_, n): [string, Says[]] => [
          world.addNode(),
          n < 5 ? [...Array<Says>(40).fill('busy'), 'free'] : ['free'],
        ]),
      );
      const known = new Map([...script.keys()].map((bmcIp) => [bmcIp, workOf('free')] as const));
      const manager = new FakeManager(script);
      const order: string[] = [];
      await world.run({
        settings: { concurrency: 1 },
        work: { manager, known, agreed: new Set(), settings: whole },
        onEvent: (event) => {
          if (event.type === 'node-finished') order.push(event.hostname);
        },
      });
      assert.deepEqual([order[0], order.length], ['cn-6', 6]);
    });
  });
});
