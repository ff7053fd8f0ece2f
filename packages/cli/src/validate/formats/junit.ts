import { escapeXml } from '@omnia-buildstream/core/text/xml';
import { hasErrors, type FileReport, type ReportedFinding, type WriterOptions } from '../report.ts';
import { projectPath } from './projectPath.ts';

/**
 * JUnit XML as GitLab reads it: a suite for each file, a failed case for each error. Other findings are passed cases
 * with their text as output, because JUnit knows no warnings; a file without errors has one passed case of its own.
 */
export function* writeJunit(reports: readonly FileReport[], { cwd }: WriterOptions): Iterable<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="buildstream validate">\n';
  for (const report of reports) {
    const { findings, omnia } = report;
    const file = projectPath(report.path, cwd);
    const names = new CaseNames();
    const isClean = !hasErrors(report);
    const failures = findings.filter(({ severity }) => severity === 'error').length;
    const tests = findings.length + (isClean ? 1 : 0);
    yield `<testsuite name="${escapeXml(file)}" tests="${String(tests)}" failures="${String(failures)}" errors="0" skipped="0">\n`;
    if (isClean)
      yield `<testcase classname="${escapeXml(file)}" file="${escapeXml(file)}" name="accepted by Omnia ${omnia}"/>\n`;
    for (const finding of findings) {
      yield `<testcase classname="${escapeXml(file)}" file="${escapeXml(file)}" name="${escapeXml(names.of(finding))}">`;
      yield `${bodyOf(file, finding)}</testcase>\n`;
    }
    yield '</testsuite>\n';
  }
  yield '</testsuites>\n';
}

function bodyOf(file: string, finding: ReportedFinding): string {
  const { severity, code, message, line, column } = finding;
  const text = escapeXml(`${file}:${String(line)}:${String(column)}: ${severity} ${code}: ${message}`);
  if (severity !== 'error') return `<system-out>${text}</system-out>`;
  return `<failure type="${code}" message="${escapeXml(message)}">${text}</failure>`;
}

/** GitLab compares cases by name between two runs, so names have no line numbers; equal names get a count. */
class CaseNames {
  readonly #seen = new Map<string, number>();

  of({ code, columnName, subject, message }: ReportedFinding): string {
    const name = [code, subject, columnName ?? '', message].filter((part) => part !== '').join(' | ');
    const count = (this.#seen.get(name) ?? 0) + 1;
    this.#seen.set(name, count);
    return count === 1 ? name : `${name} (${String(count)})`;
  }
}
