import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPowerStates, type PowerReading } from '@omnia-buildstream/runner/powerState';
import { World } from '../../support/engine/world.ts';

async function readingsOf(world: World, stop = new AbortController()): Promise<Map<string, string>> {
  const readings = new Map<string, string>();
  const onReading = (reading: PowerReading): void => {
    readings.set(reading.bmcIp, 'error' in reading ? reading.error.reason : reading.power);
  };
  const addresses = world.targets.map(({ bmcIp }) => bmcIp);
  await readPowerStates(world.fleet.client(), addresses, { clock: world.clock, signal: stop.signal, onReading });
  return readings;
}

test('each BMC says whether its node is on; one that hangs is given up after a minute', async () => {
  const world = new World();
  const on = world.addNode();
  const off = world.addNode({ isOn: false });
  const hangs = world.addNode({ faults: [{ on: 'login', gives: 'hang' }] });
  const refuses = world.addNode({ faults: [{ on: 'login', gives: 'unauthorized' }] });
  const startMs = world.clock.now();
  assert.deepEqual(
    Object.fromEntries(await readingsOf(world)),
    Object.fromEntries([
      [on, 'On'],
      [off, 'Off'],
      [hangs, 'unreachable'],
      [refuses, 'unauthorized'],
    ]),
  );
  assert.equal(world.clock.now() - startMs, 60_000);
});

test('when it is stopped, it ends with the reason', async () => {
  const world = new World();
  world.addNode({ faults: [{ on: 'reach', gives: 'hang' }] });
  const stop = new AbortController();
  const read = readingsOf(world, stop);
  stop.abort(new Error('enough'));
  await assert.rejects(read, /enough/);
});
