import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readTestReport } from '@omnia-buildstream/core/testReport/read';
import { failed, inError, passed, skipped, type Finding } from '@omnia-buildstream/engine/validate/check';
import type { ValidateEvent } from '@omnia-buildstream/engine/validate/events';
import { ProbeValidator } from '@omnia-buildstream/engine/validate/probeValidator';
import { runValidate } from '@omnia-buildstream/engine/validate/runValidate';
import { defaultRunSettings } from '@omnia-buildstream/engine/validate/settings';
import type { Validator } from '@omnia-buildstream/engine/validate/validator';
import { VirtualClock } from '../../../support/engine/virtualClock.ts';
import { finishedIn, MemoryFolder, sshChecks } from '../../../support/validate/stage.ts';

const never = new AbortController().signal;

async function stage(validators: (clock: VirtualClock) => readonly Validator[], stop = never) {
  const clock = new VirtualClock();
  const folder = new MemoryFolder();
  const events: ValidateEvent[] = [];
  const about = { imageGroup: 'G', jobId: 'J', runId: 'R', notes: ['a note'], stageLimitMs: 60_000 };
  const emit = (event: ValidateEvent): void => void events.push(event);
  const { report } = await runValidate({ validators: validators(clock), folder, clock, ...about, emit, stop });
  return { report, events, folder };
}

function answering(findings: readonly Finding[]): (clock: VirtualClock) => readonly Validator[] {
  return (clock) => {
    const probe = ({ hostname }: { readonly hostname: string }): Promise<Finding> =>
      Promise.resolve(findings[Number(hostname.slice(1))] ?? passed('up'));
    return [new ProbeValidator(sshChecks(findings.length), probe, clock, defaultRunSettings)];
  };
}

suite('the validate stage', () => {
  test('passes when everything passed, and says so in its events', async () => {
    const { events, report } = await stage(answering([passed('a'), passed('b')]));
    assert.deepEqual(
      events.map(({ type }) => type),
      ['stage-started', 'stage-note', 'check-finished', 'check-finished', 'stage-finished'],
    );
    assert.ok(events[0]?.type === 'stage-started' && events[0].total === 2);
    assert.equal(finishedIn(events).outcome, 'PASSED');
    assert.deepEqual([report.outcome, report.exitCode, report.errorMessage], ['PASSED', 0, '']);
  });

  for (const [name, findings, summary] of [
    ['a failure', [passed('a'), failed('b', 'c')], { total: 2, passed: 1, failed: 1, skipped: 0, errors: 0 }],
    ['an error', [passed('a'), inError('b', 'c')], { total: 2, passed: 1, failed: 0, skipped: 0, errors: 1 }],
    ['skipped tests only', [skipped('a', 'b')], { total: 1, passed: 0, failed: 0, skipped: 1, errors: 0 }],
    ['no test at all', [], { total: 0, passed: 0, failed: 0, skipped: 0, errors: 0 }],
  ] as const) {
    test(`fails with ${name}`, async () => {
      const { report } = await stage(answering(findings));
      assert.deepEqual(report.summary, summary);
      assert.deepEqual([report.outcome, report.exitCode], ['FAILED', 1]);
      assert.notEqual(report.errorMessage, '');
    });
  }

  test('ends at its limit, reports what was tested, and has not passed', async () => {
    const { report, events } = await stage((clock) => {
      const probe = async ({ hostname }: { readonly hostname: string }, signal: AbortSignal): Promise<Finding> => {
        if (hostname === 'n1') await clock.sleep(1e9, signal);
        return passed('up');
      };
      const settings = { ...defaultRunSettings, checkLimitMs: 1e9 };
      return [new ProbeValidator(sshChecks(2), probe, clock, settings)];
    });
    assert.deepEqual([report.outcome, finishedIn(events).stopped, report.durationMs], ['FAILED', 'deadline', 60_000]);
    assert.deepEqual([report.summary.passed, report.summary.skipped], [1, 1]);
  });

  test('stopped before it began: everything is skipped and it has not passed', async () => {
    const { report, events } = await stage(answering([passed('a')]), AbortSignal.abort());
    assert.deepEqual([report.outcome, finishedIn(events).stopped, report.summary.skipped], ['FAILED', 'asked', 1]);
  });

  test('writes test_report.json in the shape of Omnia, which reads back as it was', async () => {
    const { report, folder } = await stage(answering([passed('a'), failed('no "<&" here', 'Look.')]));
    const json = JSON.parse(folder.files.get('report') ?? '') as Record<string, unknown>;
    assert.deepEqual(json, {
      artifact_dir: '/state/validate/attempt_3',
      attempt: 3,
      correlation_id: 'R',
      duration_seconds: 0,
      error_message: 'Of 2 tests 1 failed.',
      exit_code: 1,
      image_group_id: 'G',
      job_id: 'J',
      log_path: '/state/validate/attempt_3/log',
      outcome: 'FAILED',
      report_path: '/state/validate/attempt_3/report',
      started_at: '2026-04-10T16:00:00.000Z',
      test_summary: { total: 2, passed: 1, failed: 1, skipped: 0, errors: 0 },
      tests: [
        {
          id: 'ssh/n0',
          title: 'SSH answers',
          hostname: 'n0',
          outcome: 'passed',
          message: 'a',
          advice: '',
          duration_seconds: 0,
        },
        {
          id: 'ssh/n1',
          title: 'SSH answers',
          hostname: 'n1',
          outcome: 'failed',
          message: 'no "<&" here',
          advice: 'Look.',
          duration_seconds: 0,
        },
      ],
    });
    assert.deepEqual(readTestReport(json), report);
    const junit = folder.files.get('junit') ?? '';
    assert.match(junit, /<testsuite name="validate" tests="2" failures="1" errors="0" skipped="0"/);
    assert.match(junit, /<failure message="no &quot;&lt;&amp;&quot; here">/);
  });
});
