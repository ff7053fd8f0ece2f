import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { engineCauseTexts } from '@omnia-buildstream/core/failedNodes/engineCauses';
import { noFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import type { FailedNodes } from '@omnia-buildstream/core/failedNodes/types';
import { planRestart, type Plan } from '@omnia-buildstream/core/plan/plan';
import { emptyRestartState, type BootedNode, type RestartState } from '@omnia-buildstream/core/plan/restartState';
import type { Target } from '@omnia-buildstream/core/plan/targets';

/** The lines of omnia.md section 3.3, one by one. */

function row(bmcIp: string): Target {
  const other = { functionalGroup: 'slurm_node_x86_64', groupName: 'grp1', adminIp: '', adminMac: '', line: 1 };
  return { bmcIp, hostname: `host-${bmcIp}`, serviceTag: '', ...other };
}

function failedNodes(statuses: Readonly<Record<string, string>>): FailedNodes {
  const entries = Object.entries(statuses).map(([bmcIp, status]) => {
    return { bmcIp, status, hostname: 'listed', serviceTag: '', message: 'm', failureStage: undefined };
  });
  return { ...noFailedNodes, entries };
}

interface StateOptions {
  readonly group?: string;
  readonly known?: readonly string[];
  readonly marked?: readonly string[];
}

function state(
  booted: readonly string[],
  { group = 'G', known = booted, marked = [] }: StateOptions = {},
): RestartState {
  const inventory = known.map((bmcIp) => ({ bmcIp, hostname: '', serviceTag: '' }));
  const nodes = [...booted, ...marked].map((bmcIp): BootedNode => {
    return { bmcIp, hostname: '', bootedAt: '2026-04-10T16:32:15Z', manuallyBooted: marked.includes(bmcIp) };
  });
  return { imageGroup: group, updatedAt: '2026-04-10T16:32:15Z', previousInventory: inventory, bootedNodes: nodes };
}

function plan(rows: readonly string[], failed: FailedNodes, restartState: RestartState, imageGroup = 'G'): Plan {
  return planRestart({ rows: rows.map(row), failedNodes: failed, restartState, imageGroup, version: '2.2' });
}

function reasons({ nodes }: Plan): string[] {
  return nodes.map(({ target, action, reason }) => `${target.bmcIp} ${action} ${reason}`);
}

suite('planRestart', () => {
  test('the first run boots every node', () => {
    const made = plan(['a', 'b'], noFailedNodes, emptyRestartState);
    assert.deepEqual(reasons(made), ['a boot new', 'b boot new']);
    assert.deepEqual(made.booted, []);
    assert.deepEqual(made.notices, []);
  });

  test('a retry boots the failed nodes and leaves the booted ones', () => {
    assert.deepEqual(reasons(plan(['a', 'b'], failedNodes({ b: 'failed' }), state(['a']))), [
      'a leave booted',
      'b boot failed',
    ]);
  });

  test('a node marked success is left alone and joins the booted list', () => {
    const made = plan(['a', 'b'], failedNodes({ b: 'success' }), state(['a']));
    assert.deepEqual(reasons(made), ['a leave booted', 'b leave marked']);
    assert.deepEqual(made.booted.at(-1), {
      bmcIp: 'b',
      hostname: 'listed',
      bootedAt: undefined,
      manuallyBooted: true,
    });
  });

  for (const status of ['Success', ' success', 'success ', 'passed', 'fixed', '', 'SUCCESS']) {
    test(`the status ${JSON.stringify(status)} is ignored, so the node is booted because it is not booted yet`, () => {
      const made = plan(['b'], failedNodes({ b: status }), state([]));
      assert.deepEqual(reasons(made), ['b boot other-status']);
      assert.deepEqual(made.notices, [{ kind: 'unknown-status', bmcIp: 'b', status }]);
    });
  }

  test('a node that the last run may have reset is told before it is reset again, with another image group too', () => {
    const doubt = `iDRAC is unreachable | ${engineCauseTexts['reset-unconfirmed'].title}: no response`;
    const list = failedNodes({ a: 'failed', b: 'failed', c: 'success' });
    const entries = list.entries.map((entry) => (entry.bmcIp === 'a' ? entry : { ...entry, message: doubt }));
    const notice = { kind: 'reset-in-doubt', count: 1, nodes: 'host-b' };
    const made = plan(['a', 'b', 'c'], { ...list, entries }, state(['c']));
    assert.deepEqual(made.notices, [notice]);
    assert.deepEqual(plan(['a', 'b'], { ...list, entries }, state([]), 'H').notices[0], notice);
    const marked = entries.map((entry) => ({ ...entry, status: 'success' }));
    assert.deepEqual(plan(['a', 'b'], { ...list, entries: marked }, state([])).notices, [], 'marked as booted');
  });

  test('an unknown status does not bring a booted node back', () => {
    assert.deepEqual(reasons(plan(['b'], failedNodes({ b: 'Failed' }), state(['b']))), ['b leave booted']);
  });

  test('deleting an entry changes nothing: the node is still not booted', () => {
    assert.deepEqual(reasons(plan(['b'], noFailedNodes, state([], { known: ['b'] }))), ['b boot not-booted']);
  });

  test('success set back to failed has no effect once the node is booted, and the plan says so', () => {
    const made = plan(['b'], failedNodes({ b: 'failed' }), state([], { marked: ['b'] }));
    assert.deepEqual(reasons(made), ['b leave marked']);
    assert.deepEqual(made.notices, [{ kind: 'failed-but-booted', bmcIp: 'b' }]);
  });

  test('a row with success for a node that never failed skips it', () => {
    assert.deepEqual(reasons(plan(['a', 'b'], failedNodes({ a: 'success' }), emptyRestartState)), [
      'a leave marked',
      'b boot new',
    ]);
  });

  test('a failed entry that is not in the mapping has no effect', () => {
    assert.deepEqual(reasons(plan(['a'], failedNodes({ x: 'failed' }), emptyRestartState)), [
      'a boot new',
      'x leave not-in-mapping',
    ]);
  });

  test('a success entry that is not in the mapping hides the node when it is added later', () => {
    const first = plan(['a'], failedNodes({ x: 'success' }), emptyRestartState);
    assert.deepEqual(reasons(first), ['a boot new', 'x leave not-in-mapping']);
    const later = plan(['x'], noFailedNodes, { ...state([]), bootedNodes: first.booted });
    assert.deepEqual(reasons(later), ['x leave marked']);
  });

  test('the same image group boots only the new nodes', () => {
    assert.deepEqual(reasons(plan(['a', 'b', 'c'], noFailedNodes, state(['a', 'b']))), [
      'a leave booted',
      'b leave booted',
      'c boot new',
    ]);
  });

  test('another image group starts from nothing, boots all, and the plan says so', () => {
    const made = plan(['a', 'b'], failedNodes({ b: 'success' }), state(['a']), 'H');
    assert.deepEqual(reasons(made), ['a boot another-image-group', 'b boot another-image-group']);
    assert.deepEqual(made.booted, []);
    assert.deepEqual(made.notices, [{ kind: 'another-image-group', from: 'G', to: 'H', bootedBefore: 1 }]);
  });

  test('a state that Omnia wrote counts for the image group asked for, and the plan says so', () => {
    const made = plan(['a'], noFailedNodes, { ...state(['a']), imageGroup: undefined });
    assert.deepEqual(reasons(made), ['a leave booted']);
    assert.deepEqual(made.notices, [{ kind: 'image-group-not-recorded', assumed: 'G' }]);
  });

  test('rows without BMC_IP and the second of two equal ones are left alone', () => {
    assert.deepEqual(reasons(plan(['', 'a', 'a'], noFailedNodes, emptyRestartState)), [
      ' leave no-bmc-ip',
      'a boot new',
      'a leave duplicate-bmc-ip',
    ]);
  });

  test('the key is the text of BMC_IP: an address spelt otherwise is another node', () => {
    assert.deepEqual(reasons(plan(['10.0.0.1'], noFailedNodes, state(['10.0.0.01']))), ['10.0.0.1 boot new']);
  });

  test('nothing to boot is a plan too', () => {
    assert.ok(plan(['a'], noFailedNodes, state(['a'])).nodes.every(({ action }) => action === 'leave'));
  });
});
