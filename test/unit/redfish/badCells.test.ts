import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { systemAuthorities } from '@omnia-buildstream/http/tls/policy';
import { RedfishClient } from '@omnia-buildstream/redfish/client/redfishClient';
import { readPowerStates, type PowerReading } from '@omnia-buildstream/runner/powerState';

test('cells that name no host are told one by one, and end nothing for the others', async () => {
  const cells = ['', ' ', '10.6.0.1 ', 'a b', '10.6.0.1/x', 'root@host', '999.1.1.1', '[', '%', 'ü', '127.0.0.1:1'];
  const client = new RedfishClient({
    clock: systemClock,
    random: () => 0,
    credentials: () => assert.fail('nobody is asked for credentials'),
    tls: systemAuthorities,
  });
  const readings: PowerReading[] = [];
  const onReading = (reading: PowerReading): void => void readings.push(reading);
  await readPowerStates(client, cells, { clock: systemClock, signal: new AbortController().signal, onReading });
  assert.deepEqual(
    readings.map((reading) => [reading.bmcIp, 'error' in reading && reading.error.message]),
    cells.map((cell) => [cell, 'BMC_IP is not an address']),
  );
});
