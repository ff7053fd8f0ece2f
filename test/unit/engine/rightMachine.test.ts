import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { resetKinds, type ResetKind } from '@omnia-buildstream/core/restart/resetKind';
import { type Hardware } from '@omnia-buildstream/engine/ports/bmc';
import { resetWay } from '@omnia-buildstream/engine/restart/reset/resetWay';
import type { RestartSettings } from '@omnia-buildstream/engine/restart/settings';
import type { FakeNode, FakeNodeOptions } from '../../support/engine/fakeFleet.ts';
import { World } from '../../support/engine/world.ts';

interface Ran {
  readonly node: FakeNode;
  readonly failure: string;
  readonly message: string;
}

async function runOne(options: FakeNodeOptions, settings: Partial<RestartSettings> = {}): Promise<Ran> {
  const world = new World();
  const bmcIp = world.addNode(options);
  await world.run({ settings });
  const event = world.events.find((candidate) => candidate.type === 'node-finished');
  assert.ok(event?.type === 'node-finished');
  const node = world.fleet.nodes.get(bmcIp);
  assert.ok(node);
  return { node, failure: event.failure ?? 'booted', message: event.message };
}

suite('identity before power', () => {
  test('another machine than the row says: nothing is set, and both names are told', async () => {
    const { node, failure, message } = await runOne({ hardware: { serviceTag: 'F0RE1GN' } });
    assert.equal(failure, 'wrong-machine');
    assert.match(message, /service tag TAG0.*service tag F0RE1GN/);
    assert.ok(!node.calls.includes('setPxe') && node.sent.length === 0, node.calls.join());
  });

  test('a machine that tells nothing is stopped before anything is set', async () => {
    const { node, failure } = await runOne({ hardware: {} });
    assert.equal(failure, 'identity-unknown');
    assert.ok(!node.calls.includes('setPxe') && node.sent.length === 0, node.calls.join());
  });

  test('such machines are restarted where that was agreed to; others never', async () => {
    assert.equal((await runOne({ hardware: {} }, { identity: 'warn' })).failure, 'booted');
    const other = await runOne({ hardware: { serviceTag: 'F0RE1GN' } }, { identity: 'warn' });
    assert.equal(other.failure, 'wrong-machine');
    assert.deepEqual(other.node.sent, []);
  });

  test('a machine is set or reset only when it is the one of its row, or unknown and agreed to', async () => {
    const name = fc.constantFrom('', 'TAG0', 'tag0', 'OTHER', 'To be filled by O.E.M.');
    const hardware: fc.Arbitrary<Hardware> = fc.record({
      serviceTag: name,
      serialNumber: name,
      macs: fc.constant(undefined),
    });
    await fc.assert(
      fc.asyncProperty(hardware, fc.constantFrom('require', 'warn'), fc.boolean(), async (seen, identity, isOn) => {
        const { node } = await runOne({ hardware: seen, isOn }, { identity });
        if (!node.calls.includes('setPxe') && node.sent.length === 0) return;
        const names = [seen.serviceTag, seen.serialNumber].map((one) => one.toLowerCase());
        const isTold = names.some((one) => one === 'tag0' || one === 'other');
        assert.ok(names.includes('tag0') || (identity === 'warn' && !isTold), JSON.stringify(seen));
        if (seen.serviceTag !== '' && isTold) assert.notEqual(seen.serviceTag, 'OTHER');
      }),
      { numRuns: 60 },
    );
  });
});

suite('gentle means gentle', () => {
  const graceful = { restart: 'graceful' } as const;

  test('without GracefulRestart the system is shut down, awaited, and turned on', async () => {
    const { node, failure } = await runOne({ resets: ['On', 'ForceRestart', 'GracefulShutdown'] }, graceful);
    assert.equal(failure, 'booted');
    assert.deepEqual(node.sent, ['GracefulShutdown', 'On']);
  });

  test('a BMC with nothing gentle is refused before anything is set', async () => {
    const { node, failure } = await runOne({ resets: ['On', 'ForceRestart'] }, graceful);
    assert.equal(failure, 'not-gentle');
    assert.ok(!node.calls.includes('setPxe') && node.sent.length === 0);
  });

  test('a system that does not shut down stays on: asked once, its PXE boot is taken back', async () => {
    const options = { resets: ['On', 'ForceRestart', 'GracefulShutdown'], ignoresShutdown: true } as const;
    const { node, failure, message } = await runOne(options, graceful);
    assert.equal(failure, 'not-shut-down');
    assert.deepEqual(node.sent, ['GracefulShutdown']);
    assert.match(message, /last seen: power On; the PXE boot setting was removed/);
    assert.equal(node.override.target, 'None');
  });

  test('an answer to the shutdown that is lost changes nothing: it is sent once, and the power tells', async () => {
    const faults = [{ on: 'reset', gives: 'lost', times: 1 }] as const;
    const { node, failure } = await runOne({ resets: ['On', 'GracefulShutdown'], faults }, graceful);
    assert.equal(failure, 'booted');
    assert.deepEqual(node.sent, ['GracefulShutdown', 'On']);
  });

  const strength: Readonly<Record<ResetKind, number>> = {
    On: 0,
    GracefulShutdown: 1,
    GracefulRestart: 1,
    ForceRestart: 2,
  };

  test('whatever a BMC offers, nothing stronger is sent than was asked for', async () => {
    const resets = fc.option(fc.subarray([...resetKinds]), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(resets, fc.boolean(), fc.constantFrom('force', 'graceful'), async (offered, isOn, restart) => {
        const options = offered === undefined ? { isOn } : { isOn, resets: offered };
        const { node } = await runOne(options, { restart });
        const most = isOn ? (restart === 'force' ? 2 : 1) : 0;
        assert.ok(
          node.sent.every((kind) => strength[kind] <= most),
          node.sent.join(),
        );
      }),
      { numRuns: 40 },
    );
  });

  test('an unknown power state is never taken for one that may be forced', () => {
    for (const power of ['On', 'PoweringOn', 'Unknown'] as const) {
      assert.deepEqual(resetWay({ power, resets: ['ForceRestart', 'On'] }, 'graceful'), undefined);
    }
  });
});

test('what was set and not used is taken back when the reset is refused', async () => {
  const { node, failure, message } = await runOne({ faults: [{ on: 'reset', gives: 'refused' }] });
  assert.equal(failure, 'reset-refused');
  assert.match(message, /the PXE boot setting was removed$/);
  assert.equal(node.override.target, 'None');
});

test('what cannot be taken back is told', async () => {
  const faults = [
    { on: 'reset', gives: 'refused' },
    { on: 'takeBackPxe', gives: 'unreachable' },
  ] as const;
  assert.match((await runOne({ faults })).message, /PXE boot may still be set for the next boot$/);
});

test('a deadline says what was last seen', async () => {
  const { message } = await runOne({ faults: [{ on: 'setPxe', gives: 'busy', says: 'a job runs (RAC0679)' }] });
  assert.match(message, /no result within 360 s; last seen: a job runs \(RAC0679\)/);
  assert.match((await runOne({ isSilent: true })).message, /last seen: power On; the BMC reports: /);
});
