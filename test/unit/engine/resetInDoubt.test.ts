import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { resetKinds, type ResetKind } from '@omnia-buildstream/core/restart/resetKind';
import { lastRunOf } from '@omnia-buildstream/core/restart/interruptedRun';
import { readJournal } from '@omnia-buildstream/core/restart/journalRecord';
import type { ReportSource } from '@omnia-buildstream/engine/ports/reports';
import { fc } from '../../support/properties/fastCheck.ts';
import type { FakeFault, FakeNode, FakeNodeOptions } from '../../support/engine/fakeFleet.ts';
import { World } from '../../support/engine/world.ts';

/** A reset in doubt is never repeated, judged by what was sent to the BMC, whether or not it arrived. */

/** The BMC says that nothing was done, or nothing was sent. */
const refusals = ['busy', 'not-ready', 'in-post', 'unreachable'] as const;
/** The result is unknown. */
const doubts = ['lost', 'dropped', 'hang'] as const;
type Answer = (typeof refusals)[number] | (typeof doubts)[number];

const answers = fc.array(fc.oneof(fc.constantFrom<Answer>(...refusals), fc.constantFrom<Answer>(...doubts)), {
  maxLength: 5,
});

function nodeWith(given: readonly Answer[], more: FakeNodeOptions): FakeNodeOptions {
  return { ...more, faults: given.map((gives, skip): FakeFault => ({ on: 'reset', skip, times: 1, gives })) };
}

/** Orders that were sent after one of the same kind whose result is unknown. */
function repeated({ asked }: FakeNode, given: readonly Answer[]): readonly ResetKind[] {
  const inDoubt = new Set<ResetKind>();
  return asked.filter((kind, index) => {
    const isRepeated = inDoubt.has(kind);
    if (doubts.some((doubt) => doubt === given[index])) inDoubt.add(kind);
    return isRepeated;
  });
}

const manners = fc.record({
  isOn: fc.boolean(),
  isOld: fc.boolean(),
  isSilent: fc.boolean(),
  resets: fc.constantFrom<readonly ResetKind[]>(resetKinds, ['On', 'ForceRestart', 'GracefulShutdown']),
});
const restart = fc.constantFrom('force', 'graceful');

function nodeOf(world: World): FakeNode {
  const [node] = [...world.fleet.nodes.values()];
  assert.ok(node);
  return node;
}

suite('a reset in doubt', () => {
  test('is never repeated, whatever the BMC answers', async () => {
    await fc.assert(
      fc.asyncProperty(answers, manners, restart, async (given, manner, how) => {
        const world = new World();
        world.addNode(nodeWith(given, manner));
        await world.run({ settings: { restart: how } });
        const node = nodeOf(world);
        assert.deepEqual(repeated(node, given), [], node.asked.join());
        assert.ok(node.resets <= 1, `${String(node.resets)} resets`);
        if (how === 'graceful') assert.ok(!node.asked.includes('ForceRestart'));
      }),
      { numRuns: 150 },
    );
  });

  test('is not repeated by a run that goes on after a kill either, whatever clock is set meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ given: answers, manner: manners, how: restart }),
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom(0, 3_600_000, -3_600_000),
        async ({ given, manner, how }, killAt, aheadMs) => {
          const world = new World();
          world.addNode(nodeWith(given, manner));
          const node = nodeOf(world);
          await world.runUntil(killAt, { settings: { restart: how } });
          const before = [...node.asked];
          const last = lastRunOf(readJournal(world.fs.files.get('/state/restart_journal.ndjson') ?? ''));
          if (last === undefined || last === 'no-beginning' || !last.isOpen) return;
          world.wallAheadMs = aheadMs;
          await world.run({ settings: { restart: how } });
          const isAnnounced = last.run.nodes.get(node.bmcIp);
          const after = node.asked.slice(before.length);
          if (isAnnounced?.stage === 'maybe-reset') {
            assert.ok(!after.includes(isAnnounced.intent.kind ?? 'On'), `${before.join()} | ${after.join()}`);
          }
          if (isAnnounced?.stage === 'reset') assert.deepEqual(after, []);
          assert.ok(node.resets <= 1, `${String(node.resets)} resets`);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('ends the node as a failure of its own, with what came in place of an answer and what to do', async () => {
    const world = new World();
    world.addNode({ faults: [{ on: 'reset', gives: 'dropped' }] });
    await world.run();
    const end = world.events.find((event) => event.type === 'node-finished');
    assert.ok(end?.type === 'node-finished');
    assert.equal(end.failure, 'reset-unconfirmed');
    assert.match(end.message, / \| It is unknown whether the node was reset: dropped; PXE boot may still be set/);
    assert.match(end.advice, /Retry only when it was not reset/);
    const [entry] = world.json('failed_nodes.json')['failed_nodes'] as { readonly message: string }[];
    assert.equal(entry?.message, end.message);
  });

  test('is not taken for a boot because of the report of an earlier boot, where the BMC would show the reset', async () => {
    for (const isOld of [false, true]) {
      const world = new World();
      const bmcIp = world.addNode({ isOld, isSilent: true, faults: [{ on: 'reset', gives: 'dropped' }] });
      const run = world.run();
      await world.clock.sleep(120_000);
      world.fleet.deliver(bmcIp);
      await run;
      const end = world.events.find((event) => event.type === 'node-finished');
      assert.ok(end?.type === 'node-finished');
      // Neither BMC shows a reset, and PXE for the next boot is still set.
      assert.equal(end.failure, 'reset-unconfirmed', end.message);
      assert.match(end.message, /the report may be from an earlier boot/);
    }
  });

  test('counts when the node reports all the same', async () => {
    const world = new World();
    world.addNode({ isOld: true, faults: [{ on: 'reset', gives: 'lost' }] });
    const { booted, failed } = await world.run();
    assert.deepEqual([booted, failed], [1, 0]);
  });
});

test('a boot counts from the order that the BMC took, not from one that it refused before', async () => {
  for (const refused of [0, 1, 3]) {
    const world = new World();
    const taken: number[] = [];
    const onOrder = (): void => {
      taken.push(world.clock.monotonic());
    };
    const faults: readonly FakeFault[] = refused === 0 ? [] : [{ on: 'reset', times: refused, gives: 'in-post' }];
    world.addNode({ faults, onOrder });
    const usual = world.fleet.reports(() => true);
    const from: (number | undefined)[] = [];
    const reports: ReportSource = {
      watch: (node) => {
        from.push(node.resetMs);
        return usual.watch(node);
      },
    };
    await world.run({ reports });
    const [last] = taken.slice(-1);
    const [resetMs] = from.slice(-1);
    assert.ok(last !== undefined && resetMs !== undefined);
    assert.ok(resetMs <= last && last - resetMs < 1_000, `${String(refused)}: ${String(last - resetMs)} ms before`);
  }
});
