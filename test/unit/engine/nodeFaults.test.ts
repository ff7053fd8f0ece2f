import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { defaultRestartSettings } from '@omnia-buildstream/engine/restart/settings';
import type { FakeNodeOptions } from '../../support/engine/fakeFleet.ts';
import { World } from '../../support/engine/world.ts';

/** How the limits handle nodes that misbehave, with hours passing in no time. */

interface Expected {
  readonly outcome: string;
  readonly resets: number;
}

const cases: readonly (readonly [string, FakeNodeOptions, Expected])[] = [
  ['never reports', { isSilent: true }, { outcome: 'no-report', resets: 1 }],
  ['power never comes', { isStuck: true }, { outcome: 'power-not-reached', resets: 1 }],
  ['the answer to the reset is lost', { faults: [{ on: 'reset', gives: 'lost' }] }, { outcome: 'booted', resets: 1 }],
  [
    'the answer is lost on an old BMC that does not tell',
    { isOld: true, faults: [{ on: 'reset', gives: 'lost' }] },
    { outcome: 'booted', resets: 1 },
  ],
  [
    'the reset gets lost on its way',
    { faults: [{ on: 'reset', gives: 'dropped', times: 1 }] },
    { outcome: 'reset-unconfirmed', resets: 0 },
  ],
  [
    'the order to turn it on gets lost on its way',
    { isOn: false, faults: [{ on: 'reset', gives: 'dropped', times: 1 }] },
    { outcome: 'reset-unconfirmed', resets: 0 },
  ],
  [
    'the reset hangs for ever',
    { faults: [{ on: 'reset', gives: 'hang', times: 1 }] },
    { outcome: 'reset-unconfirmed', resets: 0 },
  ],
  [
    'the BMC is busy for a while',
    { faults: [{ on: 'reset', gives: 'busy', times: 3 }] },
    { outcome: 'booted', resets: 1 },
  ],
  ['the BMC is busy all the time', { faults: [{ on: 'reset', gives: 'busy' }] }, { outcome: 'busy', resets: 0 }],
  ['the BMC hangs in a read', { faults: [{ on: 'read', gives: 'hang' }] }, { outcome: 'unreachable', resets: 0 }],
  [
    'the BMC is lost while power is awaited',
    { faults: [{ on: 'read', skip: 2, gives: 'unreachable' }] },
    { outcome: 'booted', resets: 1 },
  ],
  [
    'the BMC is lost while power is awaited, and the node never reports',
    { isSilent: true, faults: [{ on: 'read', skip: 2, gives: 'unreachable' }] },
    { outcome: 'contact-lost', resets: 1 },
  ],
];

suite('one faulty node', () => {
  const { limits } = defaultRestartSettings;
  const longestMs = Object.values<number>({ ...limits }).reduce((sum, limitMs) => sum + limitMs, 0);
  for (const [name, options, expected] of cases) {
    test(`${name}: ${expected.outcome}`, async () => {
      const world = new World();
      const bmcIp = world.addNode(options);
      const summary = await world.run();
      const event = world.events.find((candidate) => candidate.type === 'node-finished');
      assert.ok(event?.type === 'node-finished');
      assert.equal(event.failure ?? 'booted', expected.outcome, event.message);
      assert.equal(world.fleet.nodes.get(bmcIp)?.resets, expected.resets);
      assert.equal(world.fleet.nodes.get(bmcIp)?.openSessions, 0);
      assert.ok(summary.durationMs <= longestMs, `${String(summary.durationMs)} ms`);
    });
  }
});
