import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MovableClock } from '@omnia-buildstream/engine/time/movableClock';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { firstBmc, labClient, quickLab } from '../../support/lab.ts';

const hourMs = 3_600_000;
const retry = { attempts: 1, firstDelayMs: 0, maxDelayMs: 0 };
const { signal } = new AbortController();

test('a clock that is moved on ends no request that another clock measures', async (t) => {
  const lab = await quickLab({ latencyMs: 50 });
  t.after(() => lab.stop());
  const clock = new MovableClock(systemClock);
  const reach = async (limitClock?: typeof systemClock): Promise<string> => {
    const client = labClient(lab, { clock, retry, ...(limitClock && { limitClock }) });
    const reached = client.connect(firstBmc(lab)).reach(signal);
    // By then the request is under way; the BMC takes its time to answer.
    setImmediate(() => {
      clock.passMs(hourMs);
    });
    return (await reached).vendor;
  };
  await assert.rejects(reach(), { reason: 'unreachable' });
  assert.equal(await reach(systemClock), 'Dell');
});
