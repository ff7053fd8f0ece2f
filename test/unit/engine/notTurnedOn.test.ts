import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { BmcReason } from '@omnia-buildstream/engine/ports/bmc';
import { wholeRollout, type Rollout } from '@omnia-buildstream/engine/restart/rollout';
import type { RestartSummary } from '@omnia-buildstream/engine/restart/events';
import type { FakeNodeOptions } from '../../support/engine/fakeFleet.ts';
import { World, type Life } from '../../support/engine/world.ts';

/** Nodes without GracefulRestart, which are shut down and then turned on. The first of them stays off. */

const resets = ['On', 'ForceRestart', 'GracefulShutdown'] as const;
const plane = 'service_kube_control_plane_x86_64';
const worker = 'slurm_node_x86_64';

const refusals: readonly (readonly [BmcReason, RegExp])[] = [
  ['refused', / \| fault refused; /],
  ['busy', / \| The BMC is busy with a job: /],
  ['licence', / \| The BMC lacks a license: /],
  ['lock-down', / \| The configuration is locked: /],
  ['privilege', / \| The account may not do this: /],
  ['unauthorized', / \| The BMC refused user or password: /],
  ['credentials-refused', / \| The BMC refused user or password: /],
  ['several-systems', / \| The BMC manages several systems: /],
];

function failing(gives: BmcReason): FakeNodeOptions {
  return { resets, faults: [{ on: 'reset', skip: 1, gives }] };
}

/** A different BMC answers once the system was shut down. */
function swapped(): FakeNodeOptions {
  let reads = 0;
  return {
    resets,
    hardware: {
      get serviceTag() {
        return ++reads > 2 ? 'OTHER' : 'TAG0';
      },
    },
  };
}

async function run(first: FakeNodeOptions, group: string, rollout: Partial<Rollout>) {
  const world = new World();
  world.addNode(first, group);
  for (let n = 1; n < 4; n++) world.addNode({ resets }, group);
  const settings = { restart: 'graceful', rollout: { ...wholeRollout, ...rollout } } as const;
  const summary = await world.run({ settings });
  return { summary, ...outcomeOf(world) };
}

function outcomeOf(world: World): { readonly failure: unknown; readonly message: string; readonly touched: number } {
  const [end] = world.events.flatMap((event) => (event.type === 'node-finished' ? [event] : []));
  const touched = [...world.fleet.nodes.values()].filter(({ sent }) => sent.length > 0).length;
  return { failure: end?.failure, message: end?.message ?? '', touched };
}

suite('a node that was shut down and cannot be turned on', () => {
  const none = { unit: 'nodes', value: 0 } as const;
  const stops: readonly (readonly [RestartSummary['stopped'], string, Partial<Rollout>])[] = [
    ['control-failed', plane, {}],
    ['canary-failed', worker, { canary: 1 }],
    ['too-many-failed', worker, { inFlight: 1, maxFailed: none }],
  ];
  const causes = [
    ...refusals.map(([gives, words]) => [gives, () => failing(gives), words] as const),
    ['another machine', swapped, / \| Another machine answers at BMC_IP: /] as const,
  ];
  for (const [name, first, words] of causes) {
    test(`has not booted, whatever the cause: ${name}`, async () => {
      for (const [stopped, group, rollout] of stops) {
        const { summary, failure, message, touched } = await run(first(), group, rollout);
        assert.deepEqual([failure, summary.stopped, touched], ['power-not-reached', stopped, 1], message);
        assert.match(message, words);
        assert.match(message, /the system was shut down and is off/);
      }
    });
  }

  test('to another machine nothing more is sent', async () => {
    assert.doesNotMatch((await run(swapped(), plane, {})).message, /was removed/);
  });

  test('one that refuses the order to shut down was not touched: the others follow', async () => {
    const refusing = { resets, faults: [{ on: 'reset', gives: 'refused' }] } as const;
    const { summary, failure } = await run(refusing, plane, {});
    assert.deepEqual([failure, summary.stopped, summary.booted], ['reset-refused', undefined, 3]);
  });

  test('neither has one that an interrupted run has shut down', async () => {
    const world = new World();
    world.addNode(failing('licence'), plane);
    for (let n = 1; n < 4; n++) world.addNode({ resets }, plane);
    const settings = { restart: 'graceful', rollout: wholeRollout } as const;
    const life: Life = { isAlive: true, step: () => undefined };
    void world.run({ settings }, life);
    const [node] = [...world.fleet.nodes.values()];
    while (node?.power.state !== 'Off') await world.clock.sleep(100);
    world.kill(life);
    const { stopped } = await world.run({ settings });
    const { failure, message, touched } = outcomeOf(world);
    assert.deepEqual([failure, stopped, touched], ['power-not-reached', 'control-failed', 1], message);
    assert.match(message, /The BMC lacks a license/);
  });
});
