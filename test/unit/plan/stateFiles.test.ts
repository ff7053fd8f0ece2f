import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import { readRestartState } from '@omnia-buildstream/core/plan/restartState';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { cluster, fileOf, header, node1, node2 } from '../../support/cluster.ts';

suite('failed_nodes.json', () => {
  test('the shape of 2.2 is read, numeric strings included', () => {
    const { value } = readFailedNodes({
      job_id: 'j',
      stage_name: 'restart',
      timestamp: '2026-04-10T16:32:15Z',
      total_nodes: '5',
      failure_count: 2,
      failed_nodes: [{ status: 'failed', bmc_ip: '10.0.0.1', hostname: 'h', service_tag: 't', message: 'm', more: 1 }],
      unknown: {},
    });
    assert.deepEqual(value, {
      shape: '2.2',
      jobId: 'j',
      stageName: 'restart',
      timestamp: '2026-04-10T16:32:15Z',
      totalNodes: 5,
      failureCount: 2,
      entries: [
        {
          bmcIp: '10.0.0.1',
          hostname: 'h',
          serviceTag: 't',
          status: 'failed',
          message: 'm',
          failureStage: undefined,
          verificationState: undefined,
        },
      ],
    });
  });

  test('the shape of 2.3 is read: error for message, failure_stage, no job', () => {
    const { value } = readFailedNodes({
      failed_nodes: [{ bmc_ip: '10.0.0.1', status: 'failed', error: 'e', failure_stage: 'phone_home', xname: 'x' }],
    });
    assert.equal(value?.shape, '2.3');
    assert.equal(value.jobId, undefined);
    assert.deepEqual(
      value.entries.map(({ message, failureStage }) => [message, failureStage]),
      [['e', 'phone_home']],
    );
  });

  test('a missing list is an empty one', () => {
    assert.deepEqual(readFailedNodes({}).value?.entries, []);
  });

  test("what fails Omnia's play is named with its entry", () => {
    const entries = [{ bmc_ip: '10.0.0.1' }, { status: 'failed' }, 'text'];
    assert.deepEqual(readFailedNodes({ failed_nodes: entries }), {
      value: undefined,
      problems: [
        { reason: 'entry-without-status', index: 0 },
        { reason: 'entry-without-bmc-ip', index: 1 },
        { reason: 'entry-not-an-object', index: 2 },
      ],
    });
    for (const list of [{ a: 1 }, 'text', 7, true]) {
      assert.deepEqual(readFailedNodes({ failed_nodes: list }), {
        value: undefined,
        problems: [{ reason: 'no-list' }],
      });
    }
  });

  test('what Omnia passes over is no problem: a root without the list, a list that is false', () => {
    for (const root of [[], ['x'], null, 7, 'text', {}]) assert.deepEqual(readFailedNodes(root).value?.entries, []);
    for (const list of [null, {}, [], '', 0, false]) {
      assert.deepEqual(readFailedNodes({ failed_nodes: list }).value?.entries, [], JSON.stringify(list));
    }
  });

  test('a status or bmc_ip that is no text has no effect, and fails nothing', () => {
    const of = (...entries: object[]) => readFailedNodes({ failed_nodes: entries }).value?.entries;
    for (const bmcIp of [null, 7, true, ['10.0.0.1'], {}])
      assert.deepEqual(of({ bmc_ip: bmcIp, status: 'success' }), []);
    for (const status of [null, 7, false, ['success']]) {
      const [entry] = of({ bmc_ip: '10.0.0.1', status }) ?? [];
      assert.equal(entry?.status, JSON.stringify(status));
    }
  });
});

suite('restart_state.json', () => {
  test('is read as Omnia writes it', () => {
    const { value } = readRestartState({
      booted_nodes: [
        { booted_at: '2026-04-10T16:32:15Z', bmc_ip: '10.0.0.1', hostname: 'a' },
        { booted_at: '2026-04-10T16:32:15Z', bmc_ip: '10.0.0.2', hostname: 'b', manually_booted: true },
      ],
      previous_inventory: { nodes: [{ bmc_ip: '10.0.0.1', hostname: 'a', service_tag: 'A' }], source: 's' },
      updated_at: '2026-04-10T16:32:15Z',
    });
    assert.deepEqual(
      value?.bootedNodes.map(({ manuallyBooted }) => manuallyBooted),
      [false, true],
    );
    assert.deepEqual(value.previousInventory, [{ bmcIp: '10.0.0.1', hostname: 'a', serviceTag: 'A' }]);
  });

  test('missing parts are empty, entries without address are problems', () => {
    assert.deepEqual(readRestartState({}).value?.bootedNodes, []);
    assert.deepEqual(readRestartState({ booted_nodes: [{}] }), {
      value: undefined,
      problems: [{ reason: 'entry-without-bmc-ip', index: 0 }],
    });
  });
});

suite('targetsOf', () => {
  test('gives every node of a mapping file with its line', () => {
    const targets = targetsOf(cluster, '2.2');
    assert.equal(targets.length, 5);
    assert.deepEqual(targets[3], {
      bmcIp: '10.6.0.14',
      hostname: 'cn-001',
      serviceTag: 'COMP001',
      functionalGroup: 'slurm_node_x86_64',
      groupName: 'grp3',
      adminIp: '10.5.0.14',
      adminMac: '04:00:00:00:01:04',
      line: 4,
    });
  });

  for (const version of ['2.2', '2.3'] as const) {
    test(`in ${version} a node that is commented out is no node`, () => {
      const text = fileOf(header, node1, `#${node2}`, '', ' ');
      assert.deepEqual(
        targetsOf(text, version).map(({ hostname }) => hostname),
        ['cn-001'],
      );
    });
  }

  test('a row without any value counts in 2.2 and is skipped in 2.3, as Omnia does', () => {
    const text = fileOf(header, node1, ',,,,,,,,');
    assert.equal(targetsOf(text, '2.2').length, 2);
    assert.equal(targetsOf(text, '2.3').length, 1);
  });

  test('an empty file has no nodes', () => {
    assert.deepEqual(targetsOf('', '2.2'), []);
    assert.deepEqual(targetsOf('# nothing\n', '2.3'), []);
  });
});
