import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isOfBoot } from '@omnia-buildstream/core/restart/failureKind';
import { wholeRollout, type Rollout } from '@omnia-buildstream/engine/restart/rollout';
import { nodesOfRun } from '@omnia-buildstream/engine/restart/nodesOfRun';
import { defaultRestartSettings } from '@omnia-buildstream/engine/restart/settings';
import { rolloutNotes } from '@omnia-buildstream/runner/rolloutNotes';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { fc } from '../../support/properties/fastCheck.ts';
import type { FakeNodeOptions } from '../../support/engine/fakeFleet.ts';
import { World } from '../../support/engine/world.ts';

/** A run that is killed and resumed keeps the limits that were agreed to. */

function worldOf(nodes: readonly FakeNodeOptions[]): World {
  const world = new World();
  for (const options of nodes) world.addNode(options);
  return world;
}

const silent: FakeNodeOptions = { isSilent: true };

function resetsOf(world: World): number {
  return [...world.fleet.nodes.values()].reduce((sum, { resets }) => sum + resets, 0);
}

/** Resumes after each kill until the run has ended; `check` is called before each process, and its result after it. */
async function untilEnd(
  world: World,
  rollout: Rollout,
  kills: readonly number[],
  check: () => () => void,
): Promise<void> {
  for (const killAt of [...kills, -1]) {
    const judge = check();
    await world.runUntil(killAt, { settings: { rollout } });
    judge();
    if (world.hasEnded()) return;
  }
}

const kills = fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 3 });

suite('a run that is killed and gone on with', () => {
  test('of an image that never reports resets its first nodes and no other, however few are left', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 50, max: 53 }), kills, async (count, at) => {
        const world = worldOf(Array.from({ length: count }, () => silent));
        await untilEnd(world, { ...wholeRollout, canary: 'auto' }, at, () => () => undefined);
        assert.ok(world.hasEnded());
        assert.ok(resetsOf(world) <= 3, `${String(resetsOf(world))} resets`);
      }),
      { numRuns: 8, examples: [[50, [98, 118]]] },
    );
  });

  test('says in its question why it begins no other node, unless all at once was chosen', () => {
    const plan = worldOf(Array.from({ length: 50 }, () => silent)).planOfNew('G');
    const [first] = plan.nodes;
    assert.ok(first);
    const { bmcIp, hostname, serviceTag } = first.target;
    const names = { bmcIp, hostname, serviceTag };
    const result = { type: 'result', at: '', ...names, failure: 'no-report', message: '' } as const;
    const nodes = new Map([[bmcIp, { stage: 'finished', result } as const]]);
    const run = { run: 'r', jobId: 'j', imageGroup: 'G', at: '', afterList: undefined, nodes, isUnclear: false };
    const notesWith = (canary: 'auto' | 0): string => {
      const settings = { ...defaultRestartSettings, rollout: { ...wholeRollout, canary } };
      return rolloutNotes(settings, plan, nodesOfRun(plan, run))
        .map((note) => wordsOf(note))
        .join('\n');
    };
    assert.match(notesWith('auto'), /^The interrupted run stops here: cn-1, one of the first nodes, did not boot\./);
    assert.equal(notesWith(0), '');
  });

  test('with a limit that is exceeded finishes the nodes under way and begins no other', async () => {
    const kinds = fc.array(fc.constantFrom<FakeNodeOptions>({}, silent), { minLength: 4, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(kinds, fc.nat(2), fc.integer({ min: 1, max: 3 }), kills, async (nodes, most, inFlight, at) => {
        const world = worldOf(nodes);
        const rollout = { ...wholeRollout, inFlight, maxFailed: { unit: 'nodes' as const, value: most } };
        await untilEnd(world, rollout, at, () => {
          const failed = world.events.filter(
            (event) => event.type === 'node-finished' && event.failure !== undefined && isOfBoot(event.failure),
          ).length;
          const before = resetsOf(world);
          return () => {
            if (failed > most) assert.equal(resetsOf(world), before, `${String(failed)} had failed`);
          };
        });
      }),
      { numRuns: 30 },
    );
  });
});
