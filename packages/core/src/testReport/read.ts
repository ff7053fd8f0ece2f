import { countField, isJsonObject, textField, type JsonObject } from '../text/jsonFields.ts';
import { summaryOf, type TestCase, type TestOutcome, type TestReport, type TestSummary } from './types.ts';

const outcomes: Readonly<Record<string, TestOutcome>> = {
  passed: 'passed',
  xpassed: 'passed',
  failed: 'failed',
  xfailed: 'skipped',
  skipped: 'skipped',
  error: 'error',
};

/**
 * Reads the parsed JSON of `test_report.json`: ours, Omnia's, or that of pytest-json-report. Unknown keys do not matter,
 * and missing ones are empty. Undefined when it is not a report at all.
 */
export function readTestReport(value: unknown): TestReport | undefined {
  if (!isJsonObject(value)) return undefined;
  const tests = testsIn(value);
  const summary = summaryIn(value) ?? summaryOf(tests);
  const outcome = textField(value, 'outcome')?.toUpperCase();
  const exitCode = countField(value, 'exit_code') ?? countField(value, 'exitcode');
  if (outcome === undefined && exitCode === undefined && summary.total === 0) return undefined;
  const hasFailed = summary.failed + summary.errors > 0 || (exitCode ?? 0) !== 0;
  const text = (name: string): string => textField(value, name) ?? '';
  return {
    jobId: text('job_id'),
    imageGroup: text('image_group_id'),
    attempt: countField(value, 'attempt') ?? 1,
    startedAt: text('started_at'),
    outcome: outcome === 'PASSED' || outcome === 'FAILED' ? outcome : hasFailed ? 'FAILED' : 'PASSED',
    exitCode: exitCode ?? (hasFailed ? 1 : 0),
    summary,
    durationMs: secondsField(value, 'duration_seconds') ?? secondsField(value, 'duration') ?? 0,
    artifactFolder: text('artifact_dir'),
    logPath: text('log_path'),
    reportPath: text('report_path'),
    correlationId: text('correlation_id'),
    errorMessage: text('error_message'),
    tests,
  };
}

function testsIn(value: JsonObject): TestCase[] {
  const list: readonly unknown[] = Array.isArray(value['tests']) ? value['tests'] : [];
  return list.filter(isJsonObject).map((entry, index) => {
    const text = (...names: readonly string[]): string | undefined =>
      names.map((name) => textField(entry, name)).find((found) => found !== undefined && found !== '');
    const id = text('id', 'nodeid', 'name', 'title') ?? `test-${String(index + 1)}`;
    return {
      id,
      title: text('title', 'name') ?? id,
      hostname: text('hostname') ?? '',
      outcome: outcomes[(text('outcome', 'status') ?? '').toLowerCase()] ?? 'error',
      message: text('message') ?? callMessage(entry),
      advice: text('advice') ?? '',
      durationMs: secondsField(entry, 'duration_seconds') ?? secondsField(entry, 'duration') ?? 0,
    };
  });
}

/** Where pytest-json-report says why a test failed. */
function callMessage(entry: JsonObject): string {
  for (const phase of [entry['call'], entry['setup']]) {
    const crash = isJsonObject(phase) ? phase['crash'] : undefined;
    const message = isJsonObject(crash) ? textField(crash, 'message') : undefined;
    if (message !== undefined) return message;
  }
  return '';
}

function summaryIn(value: JsonObject): TestSummary | undefined {
  const summary = value['test_summary'] ?? value['summary'];
  if (!isJsonObject(summary)) return undefined;
  const count = (name: string): number => countField(summary, name) ?? 0;
  const errors = countField(summary, 'errors') ?? count('error');
  const counts = { passed: count('passed'), failed: count('failed'), skipped: count('skipped'), errors };
  const total = countField(summary, 'total') ?? counts.passed + counts.failed + counts.skipped + errors;
  return { total, ...counts };
}

function secondsField(value: JsonObject, name: string): number | undefined {
  const seconds = value[name];
  return typeof seconds === 'number' && Number.isFinite(seconds) ? Math.round(seconds * 1000) : undefined;
}
