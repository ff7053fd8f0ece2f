import type { Finding, Fix } from '@omnia-buildstream/core/rules/rule';
import type { TextEdit } from '@omnia-buildstream/core/text/position';
import { fixAll } from '@omnia-buildstream/core/validation/fixAll';
import {
  CodeActionKind,
  MessageType,
  ShowMessageNotification,
  type CodeAction,
  type Command,
  type Diagnostic,
} from 'vscode-languageserver';
import { inBackground } from '../background.ts';
import { toDiagnostic } from '../diagnostics/diagnostics.ts';
import type { MappingDocument } from '../mappingDocument.ts';
import type { ClientCommands } from '../protocol.ts';
import type { Session } from '../session.ts';
import { strings } from '../strings.ts';
import { workspaceEdit } from '../workspaceEdit.ts';
import { ruleActions } from './ruleActions.ts';

/** Actions for findings: their own fixes, the same for the whole file, and what can be done about the rules. */
export function quickFixes(session: Session, document: MappingDocument, findings: readonly Finding[]): CodeAction[] {
  const { model, uri } = document;
  const own: CodeAction[] = [];
  const fixable = new Map<string, Diagnostic[]>();
  for (const finding of findings) {
    const diagnostic = toDiagnostic(finding, model, uri, session.say);
    const fixes = model.fixes(finding);
    const preferred = fixes.find(({ safe }) => safe);
    for (const fix of fixes) own.push(toAction(session, document, fix, diagnostic, fix === preferred));
    if (preferred !== undefined && preferred.edits.length > 0) {
      const { code } = finding.rule;
      fixable.set(code, [...(fixable.get(code) ?? []), diagnostic]);
    }
  }
  return [...own, ...wholeFile(session, document, fixable), ...aboutRules(session, document, findings)];
}

function toAction(
  { client, say }: Session,
  document: MappingDocument,
  fix: Fix,
  diagnostic: Diagnostic,
  isPreferred: boolean,
): CodeAction {
  const title = say(fix.title, fix.params);
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    isPreferred,
    ...(fix.edits.length > 0 && { edit: workspaceEdit(client, document, fix.edits) }),
    ...(fix.reencode === true && { command: command('buildstream.saveAsUtf8', title, document.uri) }),
  };
}

/** Edits of all safe fixes, or those of one rule; the user is told when the file is too large for all of them. */
export function allFixes({ connection, say }: Session, { model }: MappingDocument, code?: string): readonly TextEdit[] {
  const { edits, isComplete } = fixAll(model, code);
  if (!isComplete)
    inBackground(connection, () =>
      connection.sendNotification(ShowMessageNotification.type, {
        type: MessageType.Info,
        message: say(strings.fixesLeft),
      }),
    );
  return edits;
}

/** Computed when chosen, where the editor can ask again: it means judging a copy of the file several times. */
function wholeFile(
  session: Session,
  document: MappingDocument,
  fixable: ReadonlyMap<string, Diagnostic[]>,
): CodeAction[] {
  const { client, say } = session;
  const counts = new Map<string, number>();
  if (fixable.size > 0) {
    for (const { rule } of document.model.findings()) counts.set(rule.code, (counts.get(rule.code) ?? 0) + 1);
  }
  const repeated = [...fixable].filter(([code]) => (counts.get(code) ?? 0) > 1);
  const action = (title: string, diagnostics: Diagnostic[], code?: string): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    ...(client.canResolveActions
      ? { data: { uri: document.uri, ...(code !== undefined && { code }) } }
      : { edit: workspaceEdit(client, document, allFixes(session, document, code)) }),
  });
  return [
    ...repeated.map(([code, diagnostics]) => action(say(strings.fixKind), diagnostics, code)),
    ...(fixable.size > 0 ? [action(say(strings.fixAll), [...fixable.values()].flat())] : []),
  ];
}

function aboutRules({ say }: Session, { model, uri }: MappingDocument, findings: readonly Finding[]): CodeAction[] {
  const first = new Map<string, Finding>();
  for (const finding of findings) if (!first.has(finding.rule.code)) first.set(finding.rule.code, finding);
  return [...first].flatMap(([code, finding]) => ruleActions(say, code, [toDiagnostic(finding, model, uri, say)]));
}

function command(name: keyof ClientCommands, title: string, argument: string): Command {
  return { command: name, title, arguments: [argument] };
}
