import type { Severity } from '@omnia-buildstream/core/mapping/versions';
import type { FileReport, WriterOptions } from '../report.ts';
import { Fingerprints } from './fingerprint.ts';
import { projectPath } from './projectPath.ts';

/** GitLab knows info, minor, major, critical and blocker. */
const severities: Readonly<Record<Severity, string>> = {
  error: 'critical',
  warning: 'minor',
  info: 'info',
  hint: 'info',
};

/** GitLab's Code Quality report (docs.gitlab.com/ci/testing/code_quality). */
export function* writeCodeQuality(reports: readonly FileReport[], { cwd }: WriterOptions): Iterable<string> {
  const fingerprints = new Fingerprints();
  let separator = '';
  yield '[';
  for (const { path, findings } of reports) {
    const file = projectPath(path, cwd);
    for (const finding of findings) {
      const issue = {
        description: finding.message,
        check_name: finding.code,
        fingerprint: fingerprints.of(file, finding),
        severity: severities[finding.severity],
        location: { path: file, lines: { begin: finding.line } },
      };
      yield `${separator}\n${JSON.stringify(issue)}`;
      separator = ',';
    }
  }
  yield '\n]\n';
}
