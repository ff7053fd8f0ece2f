import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { phrase, sentencesOf } from '@omnia-buildstream/core/text/phrase';
import { whyTexts } from '@omnia-buildstream/core/stage/stageTexts';
import { BmcError, type BmcClient } from '@omnia-buildstream/engine/ports/bmc';
import { askBmcs, reachabilityNotes, type BmcReading } from '@omnia-buildstream/runner/oim/reachability';
import { VirtualClock } from '../../support/engine/virtualClock.ts';
import { largeFile } from '../../support/cluster.ts';

const nodes = targetsOf(largeFile(10), '2.2').map((target) => ({ target, why: phrase(whyTexts.tested) }));
const minute = 60_000;
const readings = (silent: number, asked = nodes.length, at = 0): ReadonlyMap<string, BmcReading> =>
  new Map(
    nodes.slice(0, asked).map(({ target: { bmcIp } }, index) => [bmcIp, { bmcIp, at, responds: index >= silent }]),
  );
const said = (given: ReadonlyMap<string, BmcReading>, nowMs = 5 * minute): string =>
  sentencesOf(
    reachabilityNotes(
      given,
      nodes.map(({ target }) => target),
      nowMs,
    ),
  );

suite('whether the BMCs of a stage respond', () => {
  for (const [what, given, expected] of [
    ['nobody asked', readings(0, 0), /^The BMCs of these nodes have not been checked/],
    ['all do', readings(0), /^13 of 13 BMCs responded 5 min ago\.$/],
    ['some do not', readings(2), /^11 of 13 BMCs responded 5 min ago\. The BMCs of \S+, \S+ did not respond\.$/],
    ['many do not', readings(12), /and 4 more did not respond\.$/],
    ['some were asked', readings(0, 3), /^3 of 3 BMCs responded 5 min ago\. Other BMCs, which were not checked: 10\.$/],
  ] as const) {
    test(`is told with its age: ${what}`, () => {
      assert.match(said(given), expected);
    });
  }

  test('the age is that of the oldest answer', () => {
    const [[first] = []] = [...readings(0)];
    assert.ok(first !== undefined);
    const mixed = new Map([...readings(0, nodes.length, 4 * minute), [first, { bmcIp: first, at: 0, responds: true }]]);
    assert.match(said(mixed), /responded 5 min ago/);
  });

  test('is asked without a login; a BMC whose certificate nobody trusts is there, one that hangs is not', async () => {
    const clock = new VirtualClock();
    const called: string[] = [];
    const answers: Readonly<Record<string, () => Promise<never>>> = {
      tls: () => Promise.reject(new BmcError('tls', '')),
      gone: () => Promise.reject(new BmcError('unreachable', '')),
      hangs: () => clock.sleep(3_600_000).then(() => assert.fail()),
    };
    const connect = (address: string) => ({
      reach: () => answers[address]?.() ?? Promise.resolve({}),
      login: () => called.push('login'),
      close: () => Promise.resolve(called.push(`close ${address}`)),
    });
    const client = { connect } as unknown as BmcClient;
    const { signal } = new AbortController();
    const found = await askBmcs(client, ['good', 'tls', 'gone', 'hangs', 'good'], { clock, signal });
    assert.deepEqual(
      new Map(found.map(({ bmcIp, responds }) => [bmcIp, responds])),
      new Map([
        ['good', true],
        ['tls', true],
        ['gone', false],
        ['hangs', false],
      ]),
    );
    assert.deepEqual(called.sort(), ['close gone', 'close good', 'close hangs', 'close tls']);
  });
});
