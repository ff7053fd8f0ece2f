import assert from 'node:assert/strict';
import { historyLine, type HistoryRecord, type RunBegun } from '@omnia-buildstream/core/history/historyRecord';
import { runHistoryOf, type RunHistory } from '@omnia-buildstream/core/history/runHistory';
import { reasonTexts } from '@omnia-buildstream/core/plan/planTexts';

/**
 * The history of a restart: cn-1 booted after 70 s, cn-2 failed within 15 s, cn-3 was skipped because it was marked as
 * booted.
 */
export function recordedText(changes: Partial<RunBegun> = {}): string {
  const begun = Date.parse(changes.at ?? '2026-04-10T16:00:00.000Z');
  const at = (seconds: number): string => new Date(begun + seconds * 1_000).toISOString();
  const names = (n: number) => ({ bmcIp: `10.6.0.${String(n)}`, hostname: `cn-${String(n)}` });
  const records: readonly HistoryRecord[] = [
    {
      type: 'run',
      at: at(0),
      run: 'abc-1',
      stage: 'restart',
      backend: 'direct',
      imageGroup: 'rhel_10_r2',
      jobId: '',
      server: '',
      subject: '',
      shown: [],
      by: { user: 'ada', host: 'desk', program: 'editor', version: '1.0', gitlabUser: '' },
      mapping: undefined,
      plan: 'ab'.repeat(32),
      answers: [],
      nodes: [
        { ...names(1), action: 'run', why: 'not booted yet' },
        { ...names(2), action: 'run', why: 'not booted yet' },
        { ...names(3), action: 'leave', why: reasonTexts.marked },
      ],
      ...changes,
    },
    { type: 'step', at: at(0), bmcIp: '10.6.0.1', step: 'reach' },
    { type: 'step', at: at(10), bmcIp: '10.6.0.1', step: 'report' },
    { type: 'step', at: at(5), bmcIp: '10.6.0.2', step: 'reach' },
    { type: 'node', at: at(70), ...names(1), status: 'success', message: 'OK', advice: '' },
    { type: 'node', at: at(20), ...names(2), status: 'failed', message: 'no report', advice: 'Look.' },
    { type: 'end', at: at(71), outcome: 'failed', stopped: '', summary: '1 booted, 1 failed, 0 not tried.' },
  ];
  return records.map((record) => historyLine(record, (text) => text)).join('');
}

export function recordedRun(file: string, changes: Partial<RunBegun> = {}): RunHistory {
  const run = runHistoryOf(file, recordedText(changes));
  assert.ok(run);
  return run;
}
