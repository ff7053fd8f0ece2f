import type { FileReport, ReportedFinding, ReportedPlace } from '../report.ts';

/** Our own JSON; docs/cli.md describes it. One finding per line, so that large reports can be read line by line. */
export function* writeJson(reports: readonly FileReport[]): Iterable<string> {
  yield '{"files":[';
  for (const [index, { path, omnia, findings }] of reports.entries()) {
    yield `${index === 0 ? '' : ','}\n{"path":${JSON.stringify(path)},"omnia":${JSON.stringify(omnia)},"findings":[`;
    for (const [at, finding] of findings.entries()) yield `${at === 0 ? '' : ','}\n${JSON.stringify(plain(finding))}`;
    yield findings.length === 0 ? ']}' : '\n]}';
  }
  yield '\n]}\n';
}

function plain(finding: ReportedFinding): object {
  const { code, severity, columnName, message, related } = finding;
  return {
    code,
    severity,
    ...place(finding),
    columnName: columnName ?? null,
    message,
    related: related.map((relation) => ({ ...place(relation), message: relation.message })),
  };
}

function place({ line, column, endLine, endColumn }: ReportedPlace): ReportedPlace {
  return { line, column, endLine, endColumn };
}
