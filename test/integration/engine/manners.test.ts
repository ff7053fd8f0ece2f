import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import type { RestartEvent } from '@omnia-buildstream/engine/restart/events';
import type { FailureKind } from '@omnia-buildstream/core/restart/failureKind';
import { defaultRestartSettings, type RestartSettings } from '@omnia-buildstream/engine/restart/settings';
import type { PhoneHomeServer } from '@omnia-buildstream/engine/report/phoneHome';
import type { Manner } from '@omnia-buildstream/lab/bmc/manner';
import type { ResetType } from '@omnia-buildstream/lab/bmc/power';
import { labGenerations, type LabGeneration } from '@omnia-buildstream/lab/bmc/generation';
import type { Faults } from '@omnia-buildstream/lab/faults/fault';
import type { Lab } from '@omnia-buildstream/lab/lab';
import { labOfCases } from '../../support/engine/labOfCases.ts';
import { labClient } from '../../support/lab.ts';
import { runStage } from '../../support/engine/stage.ts';

/**
 * Firmware that differs without being broken: the node boots, or the reason why not is reported. Judged by what the
 * BMCs saw: nothing is sent to another system, no reset is more forceful than requested, and none is carried out twice.
 */

type Outcome = FailureKind | 'booted';
interface Case {
  readonly name: string;
  readonly generation: LabGeneration;
  readonly faults: Faults;
  /** Undefined if any outcome is accepted. */
  readonly expected: Outcome | undefined;
}

const manners: readonly (readonly [string, Manner, Outcome])[] = [
  ['takes the override at its settings', { overrideAt: 'settings' }, 'booted'],
  ['has no mode', { mode: 'none' }, 'booted'],
  ['fails on a mode', { mode: 'refused' }, 'booted'],
  ['falls to Legacy unless the mode is repeated', { mode: 'repeated' }, 'booted'],
  ['answers 400 although it was set', { refusesThoughSet: true }, 'booted'],
  ['demands an ETag', { etags: 'demanded' }, 'booted'],
  ['refuses weak ETags', { etags: 'strong' }, 'booted'],
  ['has another ETag at every read', { etags: 'changing' }, 'booted'],
  ['packs its answers', { packs: true }, 'booted'],
  ['redirects to a slash', { slashes: true }, 'booted'],
  ['gives no session, without a word', { sessions: 'refused' }, 'booted'],
  ['gives sessions that are good for nothing', { sessions: 'useless' }, 'booted'],
  ['lists its resets elsewhere', { listsResetsElsewhere: true }, 'booted'],
  ['is one of four nodes', { neighbours: 3 }, 'booted'],
  ['is one of four nodes, told apart by NICs', { neighbours: 3, names: 'nics' }, 'booted'],
  ['is one of four nodes that nothing tells apart', { neighbours: 3, names: 'none' }, 'several-systems'],
  ['tells its NICs only', { names: 'nics' }, 'booted'],
  ['tells nothing of the machine', { names: 'none' }, 'identity-unknown'],
  ['has a placeholder for a serial number', { names: 'placeholder' }, 'identity-unknown'],
  ['is in POST for a while', { inPostMs: 60_000 }, 'booted'],
  ['is in POST for too long', { inPostMs: 86_400_000 }, 'in-post'],
  ['speaks old TLS only', { tls: 'old' }, 'tls-too-old'],
  ['speaks no TLS', { tls: 'none' }, 'no-tls'],
];

const restarts = (['login', 'system', 'boot'] as const).map((on) => {
  const rule = { on, times: 1, action: { do: 'restart', awayMs: 200_000 } } as const;
  return [`restarts before ${on} and is away for minutes`, { rules: [rule] }] as const;
});

const anyManner: fc.Arbitrary<Manner> = fc.record(
  {
    overrideAt: fc.constant('settings'),
    mode: fc.constantFrom('none', 'refused', 'repeated'),
    refusesThoughSet: fc.boolean(),
    etags: fc.constantFrom('demanded', 'strong', 'changing'),
    resets: fc.subarray<ResetType>(['On', 'ForceRestart', 'GracefulRestart', 'GracefulShutdown', 'PushPowerButton']),
    listsResetsElsewhere: fc.boolean(),
    names: fc.constantFrom('none', 'nics', 'placeholder'),
    neighbours: fc.nat(3),
    packs: fc.boolean(),
    slashes: fc.boolean(),
    sessions: fc.constantFrom('refused', 'useless'),
  },
  { requiredKeys: [] },
);
const mixed = fc.sample(
  fc.record({
    manner: anyManner,
    twoSystems: fc.boolean(),
    foreignTag: fc.option(fc.constant('F0RE1GN'), { nil: undefined }),
  }),
  { numRuns: 60, seed: 17 },
);

const cases: readonly Case[] = [
  ...labGenerations.flatMap((generation) => [
    { name: `${generation} as it is`, generation, faults: {}, expected: 'booted' as const },
    ...manners.map(([name, manner, expected]) => ({
      name: `${generation} ${name}`,
      generation,
      faults: { manner },
      expected,
    })),
  ]),
  ...restarts.map(([name, faults]) => ({ name, generation: 'idrac9' as const, faults, expected: 'booted' as const })),
  {
    name: 'the Lifecycle Controller is in use',
    generation: 'idrac9',
    faults: { manner: { lifecycleInUseMs: 86_400_000 } },
    expected: 'lifecycle-in-use',
  },
  ...mixed.map(({ foreignTag, ...faults }, index) => ({
    name: `mixed ${String(index)}: ${JSON.stringify(faults)}`,
    generation: labGenerations[index % labGenerations.length] ?? 'plain',
    faults: foreignTag === undefined ? faults : { ...faults, foreignTag },
    expected: undefined,
  })),
];

const gentle: ReadonlySet<ResetType> = new Set(['On', 'GracefulRestart', 'GracefulShutdown']);

for (const restart of ['force', 'graceful'] as const) {
  suite(`manners of BMCs, restarted with ${restart}`, () => {
    let lab: Lab;
    let reports: PhoneHomeServer;
    const finished = new Map<string, Extract<RestartEvent, { readonly type: 'node-finished' }>>();

    before(async () => {
      const made = await labOfCases(cases);
      ({ lab, reports } = made);
      const { clock } = made;
      const settings: RestartSettings = { ...defaultRestartSettings, restart };
      const { events } = await runStage({
        mappingFile: lab.mappingFile,
        bmc: labClient(lab, { clock }),
        reports,
        settings,
        clock,
      });
      for (const event of events) if (event.type === 'node-finished') finished.set(event.bmcIp, event);
    });

    after(async () => {
      await lab.stop();
      await reports.close();
    });

    cases.forEach(({ name, faults, expected }, index) => {
      test(`${name}: ${expected ?? 'nothing harmful'}`, () => {
        const bmc = lab.bmcs[index];
        assert.ok(bmc);
        const event = finished.get(bmc.node.address);
        assert.ok(event, 'it has a result');
        if (expected !== undefined) assert.equal(event.failure ?? 'booted', expected, event.message);
        const { record } = bmc;
        assert.deepEqual(record.strays, [], 'something was sent to another system');
        const boots = record.resets.filter(({ type, isCarriedOut }) => isCarriedOut && type !== 'GracefulShutdown');
        assert.ok(boots.length <= 1, 'reset twice');
        if (restart === 'graceful') assert.ok(record.resets.every(({ type }) => gentle.has(type)));
        if (faults.foreignTag !== undefined && faults.manner?.names === undefined) {
          assert.deepEqual([record.resets.length, record.count('boot')], [0, 0], 'another machine was touched');
        }
        if (event.failure === undefined) assert.equal(boots.length, 1);
      });
    });

    test('an ordinary iDRAC takes twelve requests at most, its identity included', () => {
      const index = cases.findIndex(({ name }) => name === 'idrac9 as it is');
      const requests = lab.bmcs[index]?.record.requests ?? [];
      // The power state is polled until it is on.
      const polls = requests.filter((kind) => kind === 'system').length - 4;
      if (restart === 'force') assert.ok(requests.length - Math.max(0, polls) <= 12, requests.join(' '));
    });
  });
}
