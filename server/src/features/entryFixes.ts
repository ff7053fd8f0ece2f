import { touches, type Range } from '@omnia-buildstream/core/text/position';
import { fixesFor } from '@omnia-buildstream/core/failedNodes/check';
import { certainStatus } from '@omnia-buildstream/core/failedNodes/marks';
import type { JsonFinding } from '@omnia-buildstream/core/failedNodes/rule';
import { CodeActionKind, type CodeAction, type Command, type Diagnostic } from 'vscode-languageserver';
import type { FailedNodesFile } from '../nodes/failedNodesFile.ts';
import { toJsonDiagnostic } from '../diagnostics/jsonDiagnostics.ts';
import type { ClientCommands } from '../protocol.ts';
import type { Session } from '../session.ts';
import { workspaceEdit } from '../workspaceEdit.ts';
import { ruleActions } from './ruleActions.ts';

/** No one reads more fixes than these. */
const maxFindings = 50;
const maxFixes = 20;

/** Fixes for the findings in a range, including those that the editor's JSON support shows in its own words. */
export function entryFixes(session: Session, file: FailedNodesFile, range: Range): CodeAction[] {
  const { client, failedNodes, say } = session;
  const scope = failedNodes.scope(file);
  const overrides = failedNodes.overrides(file);
  const findings = failedNodes
    .findings(file)
    .filter((finding) => touches(finding.range, range))
    .slice(0, maxFindings);
  const diagnostics = new Map(findings.map((finding) => [finding, toJsonDiagnostic(finding, overrides, client)]));
  const fixes = findings.flatMap((finding) =>
    fixesFor(finding, scope)
      .slice(0, maxFixes)
      .map((fix, index): CodeAction => ({
        title: say(fix.title, fix.params),
        kind: CodeActionKind.QuickFix,
        diagnostics: toList(diagnostics.get(finding)),
        isPreferred: index === 0 && isCertain(finding),
        ...(fix.edits.length > 0 && { edit: workspaceEdit(client, file, fix.edits) }),
        ...(fix.reencode === true && { command: saveAsUtf8(say(fix.title, fix.params), file.uri) }),
      })),
  );
  const shown = findings.filter(({ rule }) => !(failedNodes.builtInJson && rule.inSchema === true));
  const firstOfRule = new Map(shown.toReversed().map((finding) => [finding.rule.code, diagnostics.get(finding)]));
  return [...fixes, ...[...firstOfRule].flatMap(([code, diagnostic]) => ruleActions(say, code, toList(diagnostic)))];
}

/** Editors apply preferred fixes without asking, so they must not be guesses. */
function isCertain({ rule, entry }: JsonFinding): boolean {
  return rule.code === 'bad-status' && certainStatus(entry?.fields.get('status')?.value) !== undefined;
}

function toList(diagnostic: Diagnostic | undefined): Diagnostic[] {
  return diagnostic === undefined ? [] : [diagnostic];
}

function saveAsUtf8(title: string, uri: string): Command {
  return { title, command: 'buildstream.saveAsUtf8' satisfies keyof ClientCommands, arguments: [uri] };
}
