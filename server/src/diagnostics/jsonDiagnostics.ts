import type { FailedNodesRule, JsonFinding } from '@omnia-buildstream/core/failedNodes/rule';
import type { Level } from '@omnia-buildstream/core/mapping/versions';
import { firstOf } from '@omnia-buildstream/core/validation/firstOf';
import type { Diagnostic } from 'vscode-languageserver';
import type { Client } from '../client.ts';
import { diagnosticSource, lspSeverity, maxDiagnostics } from './diagnostics.ts';
import { codeOf } from './rulePages.ts';

type Overrides = ReadonlyMap<string, Level>;

export function levelOf({ code, level }: FailedNodesRule, overrides: Overrides): Level {
  return overrides.get(code) ?? level;
}

/** All findings in file order, or only the most severe ones if there are too many. */
export function reportFailedNodes(
  findings: readonly JsonFinding[],
  overrides: Overrides,
  client: Client,
): Diagnostic[] {
  const place = new Map(findings.map((finding, index) => [finding, index]));
  const inFileOrder = (a: JsonFinding, b: JsonFinding): number => (place.get(a) ?? 0) - (place.get(b) ?? 0);
  const gravity = ({ rule }: JsonFinding): number => severityOf(rule, overrides);
  return firstOf(findings, maxDiagnostics, (a, b) => gravity(a) - gravity(b) || inFileOrder(a, b))
    .sort(inFileOrder)
    .map((finding) => toJsonDiagnostic(finding, overrides, client));
}

/** Converts a finding to an LSP diagnostic. */
export function toJsonDiagnostic(
  { rule, message, params, range }: JsonFinding,
  overrides: Overrides,
  client: Client,
): Diagnostic {
  return {
    range,
    severity: severityOf(rule, overrides),
    source: diagnosticSource,
    ...codeOf(client, rule.code),
    message: client.say(message, params),
  };
}

function severityOf(rule: FailedNodesRule, overrides: Overrides): (typeof lspSeverity)[keyof typeof lspSeverity] {
  const level = levelOf(rule, overrides);
  return lspSeverity[level === 'off' ? 'hint' : level];
}
