import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { noFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import type { FailedNode } from '@omnia-buildstream/core/failedNodes/types';
import { planRestart } from '@omnia-buildstream/core/plan/plan';
import type { BootedNode, RestartState } from '@omnia-buildstream/core/plan/restartState';
import type { Target } from '@omnia-buildstream/core/plan/targets';

/** The formula of omnia.md section 3.3, item 3, exactly as it is written there. */
function nodesToBoot(csv: readonly string[], entries: readonly FailedNode[], before: readonly string[]): Set<string> {
  const booted = new Set([...before, ...withStatus(entries, 'success')]);
  const failed = withStatus(entries, 'failed');
  const inCsv = new Set(csv);
  return minus(intersection(union(minus(inCsv, booted), failed), inCsv), booted);
}

function minus(from: ReadonlySet<string>, taken: ReadonlySet<string>): Set<string> {
  return new Set([...from].filter((value) => !taken.has(value)));
}

function union(one: ReadonlySet<string>, other: ReadonlySet<string>): Set<string> {
  return new Set([...one, ...other]);
}

function intersection(one: ReadonlySet<string>, other: ReadonlySet<string>): Set<string> {
  return new Set([...one].filter((value) => other.has(value)));
}

function withStatus(entries: readonly FailedNode[], wanted: string): Set<string> {
  return new Set(entries.filter(({ status }) => status === wanted).map(({ bmcIp }) => bmcIp));
}

const ip = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const entry = fc.record<FailedNode>({
  bmcIp: ip,
  hostname: fc.string(),
  serviceTag: fc.string(),
  status: fc.constantFrom('failed', 'success', 'Success', ' failed', ''),
  message: fc.string(),
  failureStage: fc.constant(undefined),
});
const bootedNode = fc.record<BootedNode>({
  bmcIp: ip,
  hostname: fc.string(),
  bootedAt: fc.constant('2026-04-10T16:32:15Z'),
  manuallyBooted: fc.boolean(),
});
const other = { functionalGroup: '', groupName: '', adminIp: '', adminMac: '', line: 1 };
const target = ip.map((bmcIp): Target => ({ bmcIp, hostname: '', serviceTag: '', ...other }));

test('the plan boots exactly the nodes of the formula', () => {
  fc.assert(
    fc.property(
      fc.array(target),
      fc.array(entry),
      fc.array(bootedNode),
      fc.constantFrom('G', 'H', undefined),
      (rows, entries, bootedNodes, group) => {
        const restartState: RestartState = { imageGroup: group, updatedAt: 't', previousInventory: [], bootedNodes };
        const failedNodes = { ...noFailedNodes, entries };
        const { nodes } = planRestart({ rows, failedNodes, restartState, imageGroup: 'G', version: '2.2' });
        const boots = nodes.filter(({ action }) => action === 'boot').map(({ target: { bmcIp } }) => bmcIp);
        const csv = rows.map(({ bmcIp }) => bmcIp);
        const expected =
          group === 'H'
            ? new Set(csv)
            : nodesToBoot(
                csv,
                entries,
                bootedNodes.map(({ bmcIp }) => bmcIp),
              );
        assert.equal(new Set(boots).size, boots.length, 'each BMC_IP once');
        assert.deepEqual(new Set(boots), expected);
        assert.ok(nodes.length >= rows.length, 'every row has its line in the plan');
      },
    ),
    { numRuns: 2000 },
  );
});
