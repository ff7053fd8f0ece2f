import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isOfBoot } from '@omnia-buildstream/core/restart/failureKind';
import { fc } from '../../support/properties/fastCheck.ts';
import { World } from '../../support/engine/world.ts';

const minute = 60_000;

suite('somebody else resets a node after the plan was made', () => {
  /** @param aheadMs how far the BMC's clock is ahead */
  async function run(resetAgoMs: number, aheadMs: number, plannedAgoMs: number | undefined): Promise<World> {
    const world = new World();
    const timeNow = (): number => world.clock.now() + aheadMs;
    const lastReset = (): string => new Date(world.clock.now() + aheadMs - resetAgoMs).toISOString();
    world.addNode({ timeNow, lastReset });
    await world.run(plannedAgoMs === undefined ? {} : { plannedAgoMs });
    return world;
  }

  test('it is stopped with that reason before anything is set, however wrong the clock of its BMC is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -10_000, max: 10_000 }), async (aheadMinutes) => {
        const world = await run(5 * minute, aheadMinutes * minute, 20 * minute);
        const [end] = world.events.flatMap((event) => (event.type === 'node-finished' ? [event] : []));
        assert.equal(end?.failure, 'reset-since-plan');
        assert.match(
          end.message,
          /Somebody else has reset the node after this plan was made: its BMC reports a reset at \d{4}-/,
        );
        const [node] = [...world.fleet.nodes.values()];
        assert.deepEqual([node?.resets, node?.calls.includes('setPxe')], [0, false]);
        const before = await run(25 * minute, aheadMinutes * minute, 20 * minute);
        assert.equal([...before.fleet.nodes.values()][0]?.resets, 1, 'one that was reset before the plan is restarted');
      }),
      { numRuns: 20 },
    );
  });

  test('nothing is concluded from what nobody tells', async () => {
    assert.equal([...(await run(5 * minute, 0, undefined)).fleet.nodes.values()][0]?.resets, 1);
    assert.equal([...(await run(-60 * minute, 0, 20 * minute)).fleet.nodes.values()][0]?.resets, 1);
    const silent = new World();
    silent.addNode({ lastReset: () => new Date(silent.clock.now()).toISOString() });
    await silent.run({ plannedAgoMs: 20 * minute });
    assert.equal([...silent.fleet.nodes.values()][0]?.resets, 1);
    assert.equal(isOfBoot('reset-since-plan'), false, 'it is no failure of the image');
  });
});
