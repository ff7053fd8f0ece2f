import type { TestReport } from '@omnia-buildstream/core/testReport/types';
import { formatTable } from '../../table.ts';
import { durationText } from '../restart/progress.ts';

/** The end of a validate stage for people: counts, a table of faults with what to do, and where the report is. */
export function validateSummaryText({
  outcome,
  summary,
  tests,
  errorMessage,
  durationMs,
  reportPath,
}: TestReport): string {
  const { passed, failed, skipped, errors } = summary;
  const counts = [`${String(passed)} passed`, `${String(failed)} failed`, `${String(errors)} in error`];
  const lines = [`${outcome}: ${counts.join(', ')}, ${String(skipped)} skipped in ${durationText(durationMs)}.`];
  if (errorMessage !== '') lines.push(errorMessage);
  const faults = tests.filter((test) => test.outcome === 'failed' || test.outcome === 'error');
  if (faults.length > 0) {
    const rows = faults.map(({ hostname, id, message, advice }) => [hostname, id, `${message}. ${advice}`.trim()]);
    lines.push('', formatTable(['NODE', 'TEST', 'WHY AND WHAT TO DO'], rows));
  }
  lines.push('', `Detailed report: ${reportPath}`);
  return `${lines.join('\n')}\n`;
}
