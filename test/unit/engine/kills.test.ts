import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FailureKind } from '@omnia-buildstream/core/restart/failureKind';
import { World, type Life } from '../../support/engine/world.ts';

/**
 * Kills spread evenly over a run of nodes that include one of each faulty kind. A kill ends everything between two
 * effects: before or after a call to a BMC, a write, a flush or a rename; an append may be torn. KILLS sets a higher
 * number of kills than usual.
 */

const kills = Number(process.env['KILLS'] ?? 200);
const nodeCount = 14;
const ways = {
  'by force': { settings: { concurrency: 5 }, resets: undefined },
  // Two orders: the system is shut down, and turned on once it is off.
  gently: {
    settings: { concurrency: 5, restart: 'graceful' },
    resets: ['On', 'ForceRestart', 'GracefulShutdown'],
  },
} as const;
type Way = (typeof ways)[keyof typeof ways];

function newWorld({ resets }: Way): World {
  const world = new World();
  if (resets !== undefined) {
    for (let i = 0; i < nodeCount / 2; i++) world.addNode({ resets, isStuck: i === 3, isOn: i !== 5 });
    return world;
  }
  for (let i = 0; i < nodeCount; i++) {
    switch (i) {
      case 0:
        world.addNode({ faults: [{ on: 'reach', gives: 'unreachable' }] });
        break;
      case 2:
        world.addNode({ isSilent: true });
        break;
      case 4:
        world.addNode({ isStuck: true });
        break;
      case 6:
        world.addNode({ faults: [{ on: 'setPxe', gives: 'refused' }] });
        break;
      case 8:
        world.addNode({ faults: [{ on: 'login', gives: 'unauthorized' }] });
        break;
      case 10:
        world.addNode({ faults: [{ on: 'reset', gives: 'lost', times: 1 }] });
        break;
      case 12:
        world.addNode({ isOn: false });
        break;
      default:
        world.addNode();
    }
  }
  return world;
}

/**
 * Nodes whose reset was announced before the kill but not sent. The engine cannot know that, so it did not reset them
 * and marked them as failed with a reset in doubt. The next run is a new intent.
 */
function inDoubt(world: World): readonly string[] {
  const ends = world.events.flatMap((event) => (event.type === 'node-finished' ? [event] : []));
  const last = new Map(ends.map(({ bmcIp, failure }) => [bmcIp, failure]));
  const doubts = new Set<FailureKind | undefined>(['reset-unconfirmed', 'not-shut-down']);
  return [...last].flatMap(([bmcIp, failure]) => (doubts.has(failure) ? [bmcIp] : []));
}

/** The final result that matters: who booted, who failed and why. */
function finalState(world: World): unknown {
  const failed = world.json('failed_nodes.json')['failed_nodes'] as { bmc_ip: string; message: string }[];
  const booted = world.json('restart_state.json')['booted_nodes'] as { bmc_ip: string }[];
  return {
    failed: failed.map(({ bmc_ip, message }) => `${bmc_ip} ${message}`).sort(),
    booted: booted.map(({ bmc_ip }) => bmc_ip).sort(),
  };
}

/** Pseudorandom numbers, the same each time (xorshift). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

for (const [how, way] of Object.entries(ways)) {
  test(`${String(kills)} kills of nodes restarted ${how}: each run is resumed to the same end, and no node is reset twice`, async () => {
    const { settings } = way;
    const undisturbed = newWorld(way);
    const steps = await undisturbed.runUntil(-1, { settings });
    const expected = finalState(undisturbed);
    const random = randomNumbers(20_260_410);
    let doubts = 0;
    for (let i = 0; i < kills; i++) {
      const world = newWorld(way);
      const killAt = 1 + Math.floor(((i + random()) / kills) * steps);
      await world.runUntil(killAt, { settings }, Math.floor(random() * 200));
      // The wall clock may have been changed in the meantime; later runs use it.
      world.wallAheadMs = [0, 3_600_000, -3_600_000][i % 3] ?? 0;
      // The machine takes a moment to start the next run; nodes continue to boot meanwhile.
      await world.clock.sleep(Math.floor(random() * 120_000));
      // Some of them are killed again while they resume.
      const isKilledAgain = random() < 0.3 && !world.hasEnded();
      if (isKilledAgain) await world.runUntil(1 + Math.floor(random() * steps), { settings }, 7);
      // A run that has ended is not resumed: the next one is a new intent, which tries failed nodes again.
      if (!world.hasEnded()) await world.run({ settings });
      const place = `killed at step ${String(killAt)} of ${String(steps)}`;
      const doubted = inDoubt(world);
      for (const bmcIp of doubted) assert.equal(world.fleet.nodes.get(bmcIp)?.resets, 0, `${bmcIp}, ${place}`);
      // At most as many as were in progress at each kill.
      const underWay = settings.concurrency * (isKilledAgain ? 2 : 1);
      assert.ok(doubted.length <= underWay, `${String(doubted.length)} in doubt, ${place}`);
      doubts += doubted.length;
      if (doubted.length > 0) {
        await world.run({ settings, only: ({ target }) => doubted.includes(target.bmcIp) });
      }
      assert.deepEqual(finalState(world), expected, place);
      for (const node of world.fleet.nodes.values()) {
        assert.ok(node.resets <= 1, `${node.bmcIp} was reset ${String(node.resets)} times, ${place}`);
        if (way.resets !== undefined) assert.ok(!node.sent.includes('ForceRestart'), place);
      }
    }
    assert.ok(doubts > 0, 'some kills hit between the announcement and the order');
  });
}

test('a node that reports only for a moment is heard although the resumed run has not come to it yet', async () => {
  const world = new World();
  // Its BMC does not answer for a while and occupies the only slot.
  world.addNode({ faults: [{ on: 'reach', skip: 1, times: 1, gives: 'hang' }] });
  const bmcIp = world.addNode({ reportTries: 2 });
  const life: Life = { isAlive: true, step: () => undefined };
  void world.run({ settings: { concurrency: 2 } }, life);
  await world.clock.sleep(60_000);
  world.kill(life);
  await world.run({ settings: { concurrency: 1 } });
  const event = world.events.find((one) => one.type === 'node-finished' && one.bmcIp === bmcIp);
  assert.ok(event?.type === 'node-finished');
  assert.equal(event.status, 'success', event.message);
});
