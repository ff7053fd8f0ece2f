import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { RestartEvent } from '@omnia-buildstream/engine/restart/events';
import type { Lab } from '@omnia-buildstream/lab/lab';
import { startProcess } from '../../support/cli/cliProcess.ts';
import { folderOf } from '../../support/cli/files.ts';
import { agreed, labPassword, labUser, quickLab, reportOf } from '../../support/lab.ts';

/** Signals sent by the operating system. */

const env = { BUILDSTREAM_BMC_USER: labUser, BUILDSTREAM_BMC_PASSWORD: labPassword };

suite('signals to buildstream run restart as a process', () => {
  let lab: Lab;
  before(async () => {
    lab = await quickLab({
      size: 3,
      power: { offMs: 1, poweringOnMs: 1, bootMs: 50 },
      reportPort: 0,
    });
  });
  after(() => lab.stop());

  for (const [signal, stopped, booted] of [
    ['SIGINT', 'asked', 1],
    ['SIGTERM', 'at-once', 0],
  ] as const) {
    test(`${signal}: what becomes of the nodes is told, and none is begun after it`, async (context) => {
      const cwd = folderOf(context, { 'mapping.csv': lab.mappingFile, 'ca.pem': lab.ca });
      const access = ['--bmc-port', String(lab.port), '--ca', 'ca.pem'];
      const how = ['--report', reportOf(lab), '--concurrency', '1'];
      const args = ['--image', signal, '--mapping', 'mapping.csv', '--state', 'state', ...agreed, '--format', 'ndjson'];
      const running = startProcess(['run', 'restart', ...args, ...how, ...access], { cwd, env });
      await running.shows('"node-started"');
      running.child.kill(signal);
      const { code, stdout, stderr } = await running.ended;
      assert.equal(code, 3, stdout + stderr);
      const events = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as RestartEvent);
      const end = events.at(-1);
      assert.ok(end?.type === 'stage-finished');
      assert.deepEqual([end.stopped, end.booted, end.failed, end.notTried], [stopped, booted, 0, 3 - booted]);
      assert.equal(events.filter(({ type }) => type === 'node-started').length, 1);
    });
  }
});
