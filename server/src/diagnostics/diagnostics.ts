import { firstOf } from '@omnia-buildstream/core/validation/firstOf';
import type { MappingModel } from '@omnia-buildstream/core/validation/model';
import { rangeOf } from '@omnia-buildstream/core/validation/placeRange';
import { severityOf } from '@omnia-buildstream/core/validation/settings';
import type { Finding, Rule } from '@omnia-buildstream/core/rules/rule';
import type { Severity } from '@omnia-buildstream/core/mapping/versions';
import { DiagnosticSeverity, DiagnosticTag, type Diagnostic } from 'vscode-languageserver';
import type { Client } from '../client.ts';
import { codeOf } from './rulePages.ts';

export const diagnosticSource = 'BuildStreaM';

/** VS Code shows no more per file and would choose them itself. The status notification has the totals. */
export const maxDiagnostics = 1_000;

/** Rules about parts that have no effect, so editors show those parts faded. */
const unnecessary: ReadonlySet<string> = new Set(['unknown-column']);

export const lspSeverity: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export interface DiagnosticReport {
  readonly diagnostics: Diagnostic[];
  readonly counts: Readonly<Record<Severity, number>>;
  readonly total: number;
}

/** All findings of a model in file order, or only the most severe ones if there are too many. */
export function report(model: MappingModel, uri: string, client: Client): DiagnosticReport {
  const findings = model.findings();
  const severities = new Map<Rule, Severity>();
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const finding of findings) {
    let severity = severities.get(finding.rule);
    if (severity === undefined) severities.set(finding.rule, (severity = severityOf(finding, model.settings)));
    counts[severity]++;
  }
  const rank = new Map(model.rules.map((rule, index) => [rule, index]));
  const inFileOrder = (a: Finding, b: Finding): number =>
    (a.place.record?.order ?? -1) - (b.place.record?.order ?? -1) ||
    (a.place.cell ?? -1) - (b.place.cell ?? -1) ||
    (rank.get(a.rule) ?? 0) - (rank.get(b.rule) ?? 0);
  const gravity = ({ rule }: Finding): number => lspSeverity[severities.get(rule) ?? 'hint'];
  const shown = firstOf(findings, maxDiagnostics, (a, b) => gravity(a) - gravity(b) || inFileOrder(a, b));
  const diagnostics = shown.sort(inFileOrder).map((finding) => toDiagnostic(finding, model, uri, client));
  return { diagnostics, counts, total: findings.length };
}

/** Converts a finding to an LSP diagnostic. */
export function toDiagnostic(finding: Finding, model: MappingModel, uri: string, client: Client): Diagnostic {
  const { say } = client;
  const { rule, place, message, params, related } = finding;
  const { document } = model;
  return {
    range: rangeOf(document, place),
    severity: lspSeverity[severityOf(finding, model.settings)],
    source: diagnosticSource,
    ...codeOf(client, rule.code),
    message: say(message, params),
    ...(unnecessary.has(rule.code) && { tags: [DiagnosticTag.Unnecessary] }),
    ...(related.length > 0 && {
      relatedInformation: related.map((other) => ({
        location: { uri, range: rangeOf(document, other.place) },
        message: say(other.message, other.params),
      })),
    }),
  };
}
