import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isOfBoot } from '@omnia-buildstream/core/restart/failureKind';
import { canaryQuotas, canaryWave } from '@omnia-buildstream/engine/restart/canary';
import type { RestartEvent } from '@omnia-buildstream/engine/restart/events';
import { parseShare } from '@omnia-buildstream/core/stage/share';
import { wholeRollout, type Rollout } from '@omnia-buildstream/engine/restart/rollout';
import { nodesOfRun } from '@omnia-buildstream/engine/restart/nodesOfRun';
import { defaultRestartSettings } from '@omnia-buildstream/engine/restart/settings';
import { rolloutNotes } from '@omnia-buildstream/runner/rolloutNotes';
import { fc } from '../../support/properties/fastCheck.ts';
import type { FakeNodeOptions } from '../../support/engine/fakeFleet.ts';
import { World } from '../../support/engine/world.ts';

const silent: FakeNodeOptions = { isSilent: true };
const unreachable: FakeNodeOptions = { faults: [{ on: 'reach', gives: 'unreachable' }] };

function rollout(given: Partial<Rollout>): { readonly settings: { readonly rollout: Rollout } } {
  return { settings: { rollout: { ...wholeRollout, ...given } } };
}

function resetsOf(world: World): number {
  return [...world.fleet.nodes.values()].reduce((sum, { resets }) => sum + resets, 0);
}

function stopsOf({ events }: World): RestartEvent[] {
  return events.filter(({ type }) => type === 'stage-stopping');
}

function begunAfterStop({ events }: World): number {
  const stop = events.findIndex(({ type }) => type === 'stage-stopping');
  return stop < 0 ? 0 : events.slice(stop).filter(({ type }) => type === 'node-started').length;
}

/** The highest number of nodes that had started but not finished at the same time. */
function mostInFlight({ events }: World): number {
  let now = 0;
  let most = 0;
  for (const { type } of events) {
    if (type === 'node-started') most = Math.max(most, ++now);
    if (type === 'node-finished' || type === 'node-left') now--;
  }
  return most;
}

suite('nodes that go first', () => {
  test('of a thousand nodes with an image that never reports three are restarted', async () => {
    const world = new World();
    for (let n = 0; n < 1_000; n++) world.addNode(silent);
    const summary = await world.run(rollout({ canary: 'auto' }));
    assert.deepEqual([resetsOf(world), summary.failed, summary.notTried], [3, 3, 997]);
    assert.equal(summary.stopped, 'canary-failed');
    assert.match(JSON.stringify(stopsOf(world)), /cn-1, one of the first nodes, did not boot/);
  });

  test('of each group one; the others when these have reported', async () => {
    const world = new World();
    for (let n = 0; n < 9; n++) world.addNode({}, n < 7 ? 'slurm_node_x86_64' : `group-${String(n)}`);
    const summary = await world.run(rollout({ canary: 2 }));
    assert.equal(summary.booted, 9);
    const first = world.events.findIndex(({ type }) => type === 'node-finished');
    const before = world.events
      .slice(0, first)
      .flatMap((event) => (event.type === 'node-started' ? [event.hostname] : []));
    assert.deepEqual(before, ['cn-1', 'cn-8', 'cn-9']);
    const fourth = world.events.findIndex((event) => event.type === 'node-started' && event.hostname === 'cn-2');
    assert.equal(world.events.slice(0, fourth).filter(({ type }) => type === 'node-finished').length, 3);
  });

  test('one whose BMC cannot be used is replaced by the next of its group', async () => {
    const world = new World();
    for (let n = 0; n < 6; n++) world.addNode(n === 0 ? unreachable : {});
    const summary = await world.run(rollout({ canary: 1 }));
    assert.deepEqual([summary.booted, summary.failed, summary.stopped], [5, 1, undefined]);
    const none = new World();
    for (let n = 0; n < 20; n++) none.addNode(unreachable);
    const stopped = await none.run(rollout({ canary: 2 }));
    assert.deepEqual([stopped.failed, stopped.notTried, stopped.stopped], [6, 14, 'canary-failed']);
  });

  test('are named before the run, and are those that begin it', async () => {
    const groups = fc.array(fc.constantFrom('slurm_node_x86_64', 'slurm_node_aarch64', 'os_x86_64'), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(groups, fc.integer({ min: 1, max: 5 }), async (all, canary) => {
        const world = new World();
        for (const group of all) world.addNode({}, group);
        const plan = world.planOfNew('G');
        const [note] = rolloutNotes(
          { ...defaultRestartSettings, rollout: { ...wholeRollout, canary } },
          plan,
          nodesOfRun(plan, undefined),
        );
        await world.run(rollout({ canary }));
        const end = world.events.findIndex(({ type }) => type === 'node-finished');
        const begun = world.events
          .slice(0, end)
          .flatMap((event) => (event.type === 'node-started' ? [event.hostname] : []));
        assert.equal(note?.params['nodes'], begun.join(', '));
      }),
      { numRuns: 20 },
    );
  });

  test('none goes first below fifty nodes, unless asked for', async () => {
    const world = new World();
    for (let n = 0; n < 49; n++) world.addNode();
    assert.equal((await world.run(rollout({ canary: 'auto' }))).booted, 49);
    assert.ok(mostInFlight(world) > 3);
  });

  test('are shared out: each group has one, nothing is lost', () => {
    const groups = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });
    fc.assert(
      fc.property(groups, fc.nat(40), (all, size) => {
        const quotas = canaryQuotas(all, size);
        const sum = [...quotas.values()].reduce((one, other) => one + other, 0);
        assert.equal(sum, size === 0 ? 0 : Math.min(all.length, Math.max(size, new Set(all).size)));
        if (size > 0) assert.deepEqual(new Set(quotas.keys()), new Set(all));
        const nodes = all.map((group, index) => ({ group, index }));
        const wave = canaryWave(nodes, ({ group }) => group, { quotas, reported: new Map() });
        assert.equal(wave.length, sum, 'no group has fewer nodes than are to go first');
        assert.equal(canaryWave(nodes, ({ group }) => group, { quotas, reported: quotas }).length, 0);
      }),
    );
  });
});

suite('limits of a run', () => {
  const kinds = fc.array(fc.constantFrom<FakeNodeOptions>({}, silent, unreachable, { isStuck: true }), {
    minLength: 1,
    maxLength: 24,
  });
  const share = fc.option(
    fc.record({ unit: fc.constantFrom('nodes' as const, 'percent' as const), value: fc.nat(50) }),
    { nil: undefined },
  );
  const rollouts = fc.record({
    canary: fc.nat(5),
    inFlight: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
    maxFailed: share,
    maxUnreachable: share,
  });

  test('whatever fails: never more are under way than allowed, and none is begun after the stop', async () => {
    await fc.assert(
      fc.asyncProperty(kinds, rollouts, async (nodes, given) => {
        const world = new World();
        for (const options of nodes) world.addNode(options);
        const summary = await world.run(rollout(given));
        assert.ok(mostInFlight(world) <= (given.inFlight ?? Infinity));
        assert.equal(begunAfterStop(world), 0);
        assert.equal(summary.booted + summary.failed + summary.notTried, nodes.length);
        if (summary.stopped === undefined) assert.equal(summary.notTried, 0);
        const failures = world.events.flatMap((event) =>
          event.type === 'node-finished' && event.failure !== undefined ? [event.failure] : [],
        );
        const most = ({ unit, value } = { unit: 'nodes', value: Infinity }): number =>
          unit === 'nodes' ? value : (value * nodes.length) / 100;
        const isOver =
          failures.filter(isOfBoot).length > most(given.maxFailed) ||
          failures.filter((kind) => !isOfBoot(kind)).length > most(given.maxUnreachable);
        assert.equal(isOver, isOver && summary.stopped !== undefined);
      }),
      { numRuns: 60 },
    );
  });

  test('failures of the boot and BMCs that cannot be used are counted apart', async () => {
    const run = async (options: FakeNodeOptions, given: Partial<Rollout>): Promise<unknown> => {
      const world = new World();
      for (let n = 0; n < 10; n++) world.addNode(options);
      const { failed, stopped } = await world.run(rollout({ inFlight: 1, ...given }));
      return [failed, stopped];
    };
    const two = { unit: 'nodes', value: 2 } as const;
    const tenth = { unit: 'percent', value: 10 } as const;
    assert.deepEqual(await run(silent, { maxFailed: two }), [3, 'too-many-failed']);
    assert.deepEqual(await run(silent, { maxFailed: tenth }), [2, 'too-many-failed']);
    assert.deepEqual(await run(silent, { maxUnreachable: two }), [10, undefined]);
    assert.deepEqual(await run(unreachable, { maxUnreachable: two }), [3, 'too-many-unreachable']);
    assert.deepEqual(await run(unreachable, { maxFailed: two }), [10, undefined]);
  });

  test('a run that stopped so is gone on with by the next one', async () => {
    const world = new World();
    for (let n = 0; n < 4; n++) world.addNode(n === 0 ? silent : {});
    const options = rollout({ inFlight: 1, maxFailed: { unit: 'nodes', value: 0 } });
    const first = await world.run(options);
    assert.deepEqual([first.booted, first.failed, first.notTried], [0, 1, 3]);
    const narrowed = await world.run({ ...options, only: ({ target }) => target.hostname !== 'cn-1' });
    assert.deepEqual([narrowed.booted, narrowed.failed], [3, 0]);
    assert.equal(resetsOf(world), 4);
  });
});

test('a share is a number of nodes or of a hundred', () => {
  assert.deepEqual(parseShare('3'), { unit: 'nodes', value: 3 });
  assert.deepEqual(parseShare('0%'), { unit: 'percent', value: 0 });
  for (const text of ['', '-1', '1.5', '101%', '3 %', '%', 'many']) assert.equal(parseShare(text), undefined);
});
