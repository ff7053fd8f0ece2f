import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { checkFailedNodes } from '@omnia-buildstream/core/failedNodes/check';
import { adviceFor } from '@omnia-buildstream/core/failedNodes/advice';
import { messageOf } from '@omnia-buildstream/core/failedNodes/entryText';
import { readFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';

/**
 * Entries as written by the PXE boot of 2.3: a stage and a state, and an error instead of a message (omnia.md section
 * 3.4).
 */
const table: readonly [stage: string, state: string, message: string, cause: string, advice: RegExp][] = [
  ['node_registration', 'unreachable', '', 'node-unreachable', /TCP port 22.*SSH key of root/],
  ['node_registration', 'stale_boot', '', 'stale-boot', /power state.*job queue/],
  ['node_registration', 'cloud_init_pending', '', 'cloud-init-pending', /node_registration_retries/],
  [
    'node_registration',
    'cloud_init_error',
    '',
    'cloud-init-error',
    /cloud-init status --long.*Never run "cloud-init clean"/,
  ],
  ['pxe_boot', '', '', 'pxe-boot', /PXE is on in the firmware/],
  ['node_registration', '', '', 'registration', /admin MAC/],
  ['phone_home', '', '', 'phone-home', /console of the node/],
  ['', 'cloud_init_error', 'no words that anybody knows', 'cloud-init-error', /Pulp certificate/],
  ['node_registration', 'cloud_init_error', 'Timed out waiting', 'cloud-init-error', /NFS share/],
  ['another_stage', 'another_state', '', 'unknown', /log of the restart job/],
  ['', '', '', 'unknown', /log of the restart job/],
];

suite('what helps after a failure of 2.3, by stage and state', () => {
  for (const [failureStage, verificationState, message, cause, advice] of table) {
    test(`${failureStage || 'no stage'}, ${verificationState || 'no state'}: ${cause}`, () => {
      const found = adviceFor({ message, failureStage, verificationState });
      assert.equal(found.cause, cause);
      assert.match(found.advice, advice);
    });
  }

  test('what was said is read whatever the key is called', () => {
    for (const key of ['message', 'error', 'error_message']) {
      const node = { bmc_ip: '10.6.0.1', status: 'failed', failure_stage: 'pxe_boot', [key]: 'iDRAC unreachable' };
      const [entry = assert.fail()] = readFailedNodesDocument(JSON.stringify({ failed_nodes: [node] })).entries;
      assert.equal(messageOf(entry), 'iDRAC unreachable', key);
      const read = readFailedNodes({ failed_nodes: [node] });
      assert.equal(read.value?.entries[0]?.message, 'iDRAC unreachable', key);
    }
  });

  test('such a file has no finding of ours', () => {
    const entry = (at: number, stage: string, state: string) => ({
      admin_ip: `10.5.0.${String(at)}`,
      bmc_ip: `10.6.0.${String(at)}`,
      error: 'not booted',
      failure_stage: stage,
      hostname: `nid00${String(at)}`,
      service_tag: `TAG000${String(at)}`,
      status: 'failed',
      verification_method: 'ssh_boot_epoch',
      verification_state: state,
      xname: `x1000c0s${String(at)}b0n0`,
    });
    const failed = table.slice(0, 5).map(([stage, state], at) => entry(at + 1, stage, state));
    const text = JSON.stringify(
      {
        failed_nodes: failed,
        failure_count: failed.length,
        success_count: 3,
        timestamp: '2026-11-02T09:00:00Z',
        total_nodes: 8,
      },
      undefined,
      4,
    );
    const found = checkFailedNodes({ document: readFailedNodesDocument(text) });
    assert.deepEqual(
      found.map(({ rule }) => rule.code),
      [],
    );
  });
});
