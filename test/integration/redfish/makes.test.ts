import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { canonicalHeader } from '@omnia-buildstream/core/mapping/columns';
import type { Report, ReportSource } from '@omnia-buildstream/engine/ports/reports';
import { defaultRestartSettings } from '@omnia-buildstream/engine/restart/settings';
import { makeAuthority, makeCertificate, type KeyAndCertificate } from '@omnia-buildstream/lab/fleet/certificates';
import { bmcAddress } from '@omnia-buildstream/lab/net/addresses';
import { LabNetwork } from '@omnia-buildstream/lab/net/network';
import { NetworkClock } from '../../support/engine/networkClock.ts';
import { runStage } from '../../support/engine/stage.ts';
import { labClient } from '../../support/lab.ts';
import { MockupBmc, type Mockup } from '../../support/redfish/mockupBmc.ts';

/**
 * The engine against the answers of each make: the row's system restarts, from the network, and nothing is done to
 * another system or to a machine that does not belong to the row. Judged by the orders that the BMCs received.
 */

const folder = path.join(import.meta.dirname, '../../fixtures/bmcs');
const recorded = readdirSync(folder).map((file): readonly [string, Mockup] => {
  return [path.basename(file, '.json'), JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Mockup];
});

/** The same mockup, but the other systems are listed and do not answer, like a GPU baseboard that is off. */
function withoutOthers({ about, resources, system, ...more }: Mockup): Mockup | undefined {
  const isOther = ([name, { SerialNumber, SKU, Boot }]: [string, Mockup['resources'][string]]): boolean => {
    const isSystem = /^.*\/Systems\/[^/]+$/.test(name);
    return isSystem && name !== system && [SerialNumber, SKU, Boot].some((value) => value !== undefined);
  };
  const kept = Object.entries(resources).filter((entry) => !isOther(entry));
  if (kept.length === Object.keys(resources).length) return undefined;
  return { about: `${about}; the others do not answer`, system, resources: Object.fromEntries(kept), ...more };
}

const mockups = recorded.flatMap(([make, mockup]): (readonly [string, Mockup])[] => {
  const alone = withoutOthers(mockup);
  return [[make, mockup], ...(alone === undefined ? [] : [[`${make}, alone`, alone] as const])];
});
const gentle = ['GracefulRestart', 'GracefulShutdown', 'On'];

interface Ran {
  readonly bmc: MockupBmc;
  readonly failure: string;
  readonly message: string;
}

let network: LabNetwork;
let port: number;
let authority: KeyAndCertificate;
const certificates: KeyAndCertificate[] = [];
const { clock } = new NetworkClock();
const startMs = clock.now();
/** The client ends any request that takes longer. */
const requestLimitMs = 60_000;

before(async () => {
  network = await LabNetwork.take({ nodes: mockups.length, octet: undefined });
  port = await network.keep(0);
  authority = await makeAuthority('Makes', Date.now());
  for (const index of mockups.keys()) {
    certificates.push(await makeCertificate(authority, bmcAddress(network, index), Date.now()));
  }
});
after(() => network.release());

/** Restarts one node behind each mockup. */
async function restartAll(restart: 'force' | 'graceful', rowOf: (mockup: Mockup) => Mockup['row']): Promise<Ran[]> {
  const bmcs = mockups.map(([, mockup]) => new MockupBmc(mockup));
  const rows = bmcs.map(({ mockup }, index) => {
    const { serviceTag, adminMac } = rowOf(mockup);
    const number = String(index + 1);
    const bmcMac = `02:00:00:00:01:${number.padStart(2, '0')}`;
    const names = ['slurm_node_x86_64', 'grp1', serviceTag, '', `cn-${number}`, adminMac, `10.5.0.${number}`];
    return [...names, bmcMac, bmcAddress(network, index), '', ''].join(',');
  });
  const reports: ReportSource = {
    watch: ({ hostname }) => {
      const bmc = bmcs[Number(hostname.slice(3)) - 1];
      return {
        reported: (signal) => reportOf(bmc, signal),
        oldIsGone: () => undefined,
        missing: undefined,
        close: () => undefined,
      };
    },
  };
  try {
    await Promise.all(
      bmcs.map((bmc, index) => bmc.listen(certificates[index] ?? authority, bmcAddress(network, index), port)),
    );
    const bmc = labClient({ ca: authority.cert, port }, { clock });
    const settings = { ...defaultRestartSettings, restart };
    const mappingFile = [canonicalHeader.join(','), ...rows, ''].join('\n');
    const { events } = await runStage({ mappingFile, bmc, reports, settings, clock });
    return bmcs.map((one, index) => {
      const event = events.find((each) => each.type === 'node-finished' && each.bmcIp === bmcAddress(network, index));
      assert.ok(event?.type === 'node-finished');
      return { bmc: one, failure: event.failure ?? 'booted', message: event.message };
    });
  } finally {
    for (const one of bmcs) one.stop();
  }
}

/** A node reports once it was reset with PXE set. */
function reportOf(bmc: MockupBmc | undefined, signal: AbortSignal): Promise<Report> {
  return new Promise((resolve, reject) => {
    const report = (): void => {
      resolve({ detail: 'it has booted', confirm: () => undefined });
    };
    if (bmc?.hasBooted === true) report();
    else if (bmc !== undefined) bmc.onBoot = report;
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}

function check(name: string, ran: () => Promise<Ran[]>, judge: (one: Ran) => void): void {
  suite(name, () => {
    let all: readonly Ran[] = [];
    before(async () => (all = await ran()));
    for (const [index, [make, { about }]] of mockups.entries()) {
      test(`${make}: ${about}`, () => {
        const one = all[index];
        assert.ok(one);
        judge(one);
      });
    }
  });
}

check(
  'each make boots the row’s system from the network',
  () => restartAll('force', ({ row }) => row),
  ({ bmc, failure, message }) => {
    assert.equal(failure, 'booted', message);
    const [reset, ...more] = bmc.resets;
    assert.ok(reset !== undefined && more.length === 0, JSON.stringify(bmc.resets));
    const { system, type, boot } = reset;
    assert.deepEqual([system, type], [bmc.mockup.system, 'ForceRestart']);
    assert.deepEqual([boot['BootSourceOverrideEnabled'], boot['BootSourceOverrideTarget']], ['Once', 'Pxe']);
    assert.notEqual(boot['BootSourceOverrideMode'], 'Legacy');
    assert.ok(
      [...bmc.changed].every((one) => one.startsWith(bmc.mockup.system)),
      [...bmc.changed].join(),
    );
  },
);

check(
  'a gentle restart is gentle on each make, or refused',
  () => restartAll('graceful', ({ row }) => row),
  ({ bmc, failure, message }) => {
    assert.equal(failure, 'booted', message);
    assert.ok(bmc.resets.every(({ type, system }) => gentle.includes(type) && system === bmc.mockup.system));
    assert.ok(bmc.resets.length <= 2);
  },
);

check(
  'the machine of another row is left alone, whatever its make',
  () => restartAll('force', () => ({ serviceTag: 'F0RE1GN', adminMac: '02:00:00:00:00:99' })),
  ({ bmc, failure, message }) => {
    assert.ok(['wrong-machine', 'several-systems', 'identity-unknown'].includes(failure), `${failure}: ${message}`);
    assert.deepEqual([bmc.resets, [...bmc.changed]], [[], []]);
  },
);

test('no request ran into its limit, packed and redirected answers included', () => {
  const passedMs = clock.now() - startMs;
  assert.ok(passedMs < requestLimitMs, `${String(passedMs)} ms`);
});
