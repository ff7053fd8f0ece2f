import { stripVTControlCharacters } from 'node:util';
import type { Severity } from '@omnia-buildstream/core/mapping/versions';
import type { FileReport, ReportedFinding, ReportedPlace, WriterOptions } from '../report.ts';

/** `path:line:column: severity code: message`, with related places indented below it, and a summary at the end. */
export function* writeText(reports: readonly FileReport[], { color, quiet }: WriterOptions): Iterable<string> {
  const paint = color ? paintAnsi : (text: string): string => text;
  for (const { path, findings } of reports) {
    for (const finding of findings) yield* findingLines(path, finding, paint);
  }
  if (quiet) return;
  for (const report of reports) yield `${summaryOf(report)}\n`;
}

type Paint = (text: string, style: Style) => string;
type Style = Severity | 'faint';

const ansiStyles: Readonly<Record<Style, string>> = { error: '31', warning: '33', info: '36', hint: '36', faint: '2' };

function paintAnsi(text: string, style: Style): string {
  return `\u001b[${ansiStyles[style]}m${text}\u001b[0m`;
}

function* findingLines(path: string, finding: ReportedFinding, paint: Paint): Iterable<string> {
  const { severity, code, message, related } = finding;
  yield `${visible(placeText(path, finding))}: ${paint(severity, severity)} ${code}: ${visible(message)}\n`;
  for (const relation of related) {
    yield `  ${paint(visible(placeText(path, relation)), 'faint')}: ${visible(relation.message)}\n`;
  }
}

function placeText(path: string, { line, column }: ReportedPlace): string {
  return `${path}:${String(line)}:${String(column)}`;
}

/** Cells may contain line breaks and terminal commands; a finding stays one harmless line. */
function visible(text: string): string {
  return /\p{Cc}/u.test(text) ? stripVTControlCharacters(text).replace(/\p{Cc}/gu, ' ') : text;
}

const severities = ['error', 'warning', 'info', 'hint'] as const;

function summaryOf({ path, omnia, detected, findings }: FileReport): string {
  const counts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${String(count)} ${severity}${count === 1 || severity === 'info' ? '' : 's'}`];
  });
  const version = `Omnia ${omnia}${detected ? ', detected' : ''}`;
  return `${visible(path)}: ${counts.length === 0 ? 'no problems' : counts.join(', ')} (${version})`;
}
