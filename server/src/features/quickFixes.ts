import type { Finding, Fix } from '@omnia-buildstream/core/rules/rule';
import type { TextEdit } from '@omnia-buildstream/core/text/position';
import { fixAll, type FileFixes } from '@omnia-buildstream/core/validation/fixAll';
import { chosenFix, fixKind, type ChosenFix } from '@omnia-buildstream/core/validation/fixKind';
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

/** Actions for findings: their own fixes, the same fixes for the whole file, and actions on the rules. */
export function quickFixes(session: Session, document: MappingDocument, findings: readonly Finding[]): CodeAction[] {
  const { model, uri } = document;
  const own: CodeAction[] = [];
  const kinds: CodeAction[] = [];
  const fixable = new Map<string, Diagnostic[]>();
  const counts = countsOf(findings.length === 0 ? [] : model.findings());
  for (const finding of findings) {
    const diagnostic = toDiagnostic(finding, model, uri, session.client);
    const fixes = model.fixes(finding);
    const preferred = fixes.find(({ safe }) => safe);
    for (const fix of fixes) own.push(toAction(session, document, fix, diagnostic, fix === preferred));
    const count = counts.get(finding.rule.code) ?? 0;
    if (count > 1 && preferred === undefined && kinds.length < mostKinds) {
      for (const fix of fixes.slice(0, mostKinds))
        kinds.push(kindAction(session, document, { finding, fix, fixes }, count));
    }
    if (preferred !== undefined && preferred.edits.length > 0) {
      const { code } = finding.rule;
      fixable.set(code, [...(fixable.get(code) ?? []), diagnostic]);
    }
  }
  const all = wholeFile(session, document, fixable, counts);
  return [...own, ...kinds, ...all, ...aboutRules(session, document, findings)];
}

/** More choices for a whole kind of problem would hide the others. */
const mostKinds = 3;

/** Applies a fix that the user has to choose to every problem of the same kind. */
function kindAction(
  session: Session,
  document: MappingDocument,
  { finding, fix, fixes }: { readonly finding: Finding; readonly fix: Fix; readonly fixes: readonly Fix[] },
  count: number,
): CodeAction {
  const { client, say } = session;
  const title = say(fix.title, fix.params);
  const chosen = chosenFix(finding, fix, fixes);
  return {
    title: say(strings.fixKindSo, { count, title }),
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(finding, document.model, document.uri, client)],
    ...(client.canResolveActions
      ? { data: { uri: document.uri, chosen } }
      : { edit: workspaceEdit(client, document, kindFixes(session, document, chosen)) }),
  };
}

/** Edits that apply the fix chosen for one problem to all problems of its kind. */
export function kindFixes(session: Session, { model }: MappingDocument, chosen: ChosenFix): readonly TextEdit[] {
  return complete(session, fixKind(model, chosen));
}

function countsOf(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule.code, (counts.get(rule.code) ?? 0) + 1);
  return counts;
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

/** Edits of all safe fixes, or of those for one rule. Notifies the user if the file is too large for all of them. */
export function allFixes(session: Session, { model }: MappingDocument, code?: string): readonly TextEdit[] {
  return complete(session, fixAll(model, code));
}

function complete({ connection, say }: Session, { edits, isComplete }: FileFixes): readonly TextEdit[] {
  if (!isComplete)
    inBackground(connection, () =>
      connection.sendNotification(ShowMessageNotification.type, {
        type: MessageType.Info,
        message: say(strings.fixesLeft),
      }),
    );
  return edits;
}

/**
 * Computes the edits only when the action is chosen, if the editor supports that: they require judging a copy of the
 * file several times.
 */
function wholeFile(
  session: Session,
  document: MappingDocument,
  fixable: ReadonlyMap<string, Diagnostic[]>,
  counts: ReadonlyMap<string, number>,
): CodeAction[] {
  const { client, say } = session;
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

function aboutRules(
  { client, say }: Session,
  { model, uri }: MappingDocument,
  findings: readonly Finding[],
): CodeAction[] {
  const first = new Map<string, Finding>();
  for (const finding of findings) if (!first.has(finding.rule.code)) first.set(finding.rule.code, finding);
  return [...first].flatMap(([code, finding]) => ruleActions(say, code, [toDiagnostic(finding, model, uri, client)]));
}

function command(name: keyof ClientCommands, title: string, argument: string): Command {
  return { command: name, title, arguments: [argument] };
}
