import { escapeXml } from '@omnia-buildstream/core/text/xml';
import type { TestCase, TestReport } from '@omnia-buildstream/core/testReport/types';
import { niceJson } from '../../state/niceJson.ts';

/** `test_report.json` in Omnia's shape (omnia.md section 6), with what else we know. */
export function renderTestReport(report: TestReport): string {
  return niceJson({
    job_id: report.jobId,
    image_group_id: report.imageGroup,
    attempt: report.attempt,
    started_at: report.startedAt,
    outcome: report.outcome,
    exit_code: report.exitCode,
    test_summary: report.summary,
    duration_seconds: seconds(report.durationMs),
    artifact_dir: report.artifactFolder,
    log_path: report.logPath,
    report_path: report.reportPath,
    correlation_id: report.correlationId,
    error_message: report.errorMessage === '' ? null : report.errorMessage,
    tests: report.tests.map(({ durationMs, ...test }) => ({ ...test, duration_seconds: seconds(durationMs) })),
  });
}

/** JUnit XML as GitLab reads it: a suite, with a case for each test, by the node that it is about. */
export function renderJunit({ summary, durationMs, startedAt, tests }: TestReport): string {
  const { total, failed, errors, skipped } = summary;
  const counts = `tests="${String(total)}" failures="${String(failed)}" errors="${String(errors)}" skipped="${String(skipped)}"`;
  const about = `time="${String(seconds(durationMs))}" timestamp="${escapeXml(startedAt)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="buildstream run validate">',
    `<testsuite name="validate" ${counts} ${about}>`,
    ...tests.map(junitCase),
    '</testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function junitCase({ id, title, hostname, outcome, message, advice, durationMs }: TestCase): string {
  const classname = hostname === '' ? 'cluster' : hostname;
  const head = `<testcase classname="${escapeXml(classname)}" name="${escapeXml(`${title} (${id})`)}" time="${String(seconds(durationMs))}"`;
  if (outcome === 'passed') return `${head}/>`;
  const text = escapeXml([message, advice].filter((part) => part !== '').join(' '));
  if (outcome === 'skipped') return `${head}><skipped message="${text}"/></testcase>`;
  const element = outcome === 'failed' ? 'failure' : 'error';
  return `${head}><${element} message="${escapeXml(message)}">${text}</${element}></testcase>`;
}

function seconds(durationMs: number): number {
  return Math.round(durationMs) / 1000;
}
