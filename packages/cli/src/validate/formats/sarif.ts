import type { Severity } from '@omnia-buildstream/core/mapping/versions';
import { readPage } from '../../explain/page.ts';
import { version } from '../../version.ts';
import type { FileReport, ReportedFinding, ReportedPlace, Writer, WriterOptions } from '../report.ts';
import { Fingerprints } from './fingerprint.ts';
import { projectPath, projectUri } from './projectPath.ts';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note', hint: 'note' };

/** SARIF 2.1.0, as GitHub, Azure DevOps and editors read it. Only rules with findings are listed, with the text of their pages. */
export function sarifWriter(pages: Readonly<Record<string, string>>): Writer {
  return (reports, options) => writeSarif(reports, options, pages);
}

function* writeSarif(
  reports: readonly FileReport[],
  { cwd }: WriterOptions,
  pages: Readonly<Record<string, string>>,
): Iterable<string> {
  const codes = [...new Set(reports.flatMap(({ findings }) => findings.map(({ code }) => code)))].sort();
  const fingerprints = new Fingerprints();
  const tool = { driver: { name: 'buildstream', version, rules: codes.map((code) => ruleOf(code, pages[code])) } };
  yield '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[\n';
  yield `{"tool":${JSON.stringify(tool)},\n"columnKind":"utf16CodeUnits","results":[`;
  let separator = '';
  for (const { path, findings } of reports) {
    const file = projectPath(path, cwd);
    const uri = projectUri(file);
    for (const finding of findings) {
      const result = {
        ...resultOf(finding, uri),
        ruleIndex: codes.indexOf(finding.code),
        partialFingerprints: { 'buildstream/v1': fingerprints.of(file, finding) },
      };
      yield `${separator}\n${JSON.stringify(result)}`;
      separator = ',';
    }
  }
  yield '\n]}\n]}\n';
}

function ruleOf(code: string, markdown: string | undefined): object {
  const name = { id: code, shortDescription: { text: code.replaceAll('-', ' ') } };
  if (markdown === undefined) return name;
  const { summary, text } = readPage(code, markdown);
  return { ...name, fullDescription: { text: summary }, help: { text, markdown: text } };
}

function resultOf(finding: ReportedFinding, uri: string): object {
  return {
    ruleId: finding.code,
    level: levels[finding.severity],
    message: messageOf(finding.message),
    locations: [{ physicalLocation: physicalLocation(finding, uri) }],
    ...(finding.related.length > 0 && {
      relatedLocations: finding.related.map((relation, id) => ({
        id,
        physicalLocation: physicalLocation(relation, uri),
        message: messageOf(relation.message),
      })),
    }),
  };
}

/** Viewers turn `[word](place)` into a link even in plain text (SARIF 2.1.0 section 3.11.6); cells may contain that. */
function messageOf(text: string): object {
  return { text: text.replaceAll('](', '] (') };
}

function physicalLocation({ line, column, endLine, endColumn }: ReportedPlace, uri: string): object {
  return {
    artifactLocation: { uri },
    region: { startLine: line, startColumn: column, endLine, endColumn },
  };
}
