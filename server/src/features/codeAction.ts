import type { ChosenFix } from '@omnia-buildstream/core/validation/fixKind';
import { addAll } from '@omnia-buildstream/core/text/lists';
import type { Params } from '@omnia-buildstream/core/text/message';
import type { TextEdit } from '@omnia-buildstream/core/text/position';
import { statusRepairs } from '@omnia-buildstream/core/failedNodes/marks';
import { CodeActionKind, type CodeAction, type CodeActionParams } from 'vscode-languageserver';
import type { FailedNodesFile } from '../nodes/failedNodesFile.ts';
import type { MappingDocument } from '../mappingDocument.ts';
import { withFailedNodes, type Feature, type Session } from '../session.ts';
import { offered } from '../commands/offered.ts';
import { isObject } from '../settings.ts';
import { strings } from '../strings.ts';
import { workspaceEdit } from '../workspaceEdit.ts';
import { fixAllKind, wants } from './actionKinds.ts';
import { entryActions, markManyActions } from './entryActions.ts';
import { entryFixes } from './entryFixes.ts';
import { findingsIn } from './findingsIn.ts';
import { allFixes, kindFixes, quickFixes } from './quickFixes.ts';
import { worthABulb } from './ruleActions.ts';

/** `textDocument/codeAction` and `codeAction/resolve`. */
export const codeActions: Feature = (session) => {
  const { connection, client, documents } = session;
  connection.onCodeAction(async (params) => {
    const document = documents.mapping(params.textDocument.uri);
    const { context } = params;
    if (document !== undefined) return offered(client, worthABulb(inMapping(session, document, params), context));
    const failed = documents.failedNodes(params.textDocument.uri);
    if (failed === undefined) return null;
    return offered(client, worthABulb(await inFailedNodes(session, failed, params), context));
  });
  connection.onCodeActionResolve((action) => {
    const data: unknown = action.data;
    const document = isObject(data) && typeof data['uri'] === 'string' ? documents.mapping(data['uri']) : undefined;
    if (!isObject(data) || document === undefined || !session.validation.isReady(document)) return action;
    const chosen = readChosen(data['chosen']);
    const code = typeof data['code'] === 'string' ? data['code'] : undefined;
    const edits = chosen === undefined ? allFixes(session, document, code) : kindFixes(session, document, chosen);
    return { ...action, edit: workspaceEdit(client, document, edits) };
  });
  const codeActionKinds = [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, fixAllKind];
  return { codeActionProvider: { codeActionKinds, resolveProvider: true } };
};

/** Reads the fix that `quickFixes` put into the action and the editor sends back. */
function readChosen(value: unknown): ChosenFix | undefined {
  if (!isObject(value) || typeof value['code'] !== 'string' || typeof value['title'] !== 'string') return undefined;
  const { code, title, params } = value;
  return { code, title, ...(isObject(params) && { params: params as Params }) };
}

function inMapping(session: Session, document: MappingDocument, { range, context }: CodeActionParams): CodeAction[] {
  const actions: CodeAction[] = [];
  if (!session.validation.isReady(document)) return actions;
  if (wants(context, CodeActionKind.QuickFix)) {
    const findings = findingsIn(document.model, range, context.diagnostics);
    addAll(actions, quickFixes(session, document, findings));
  }
  // Only on request: otherwise it would appear in the list of every problem.
  if (context.only !== undefined && wants(context, fixAllKind)) {
    const edits = allFixes(session, document);
    if (edits.length > 0) actions.push(fixAllAction(session, document, strings.fixAll, edits));
  }
  return actions;
}

function inFailedNodes(
  session: Session,
  file: FailedNodesFile,
  { range, context }: CodeActionParams,
): Promise<CodeAction[]> {
  return withFailedNodes(session, file, (view) => {
    const actions: CodeAction[] = [];
    if (wants(context, CodeActionKind.QuickFix)) {
      addAll(actions, entryFixes(session, file, range));
      addAll(actions, entryActions(session, view, range));
    }
    if (wants(context, CodeActionKind.RefactorRewrite)) addAll(actions, markManyActions(session, view, range));
    if (context.only !== undefined && wants(context, fixAllKind)) {
      const edits = statusRepairs(file.document);
      if (edits.length > 0) actions.push(fixAllAction(session, file, strings.fixStatuses, edits));
    }
    return actions;
  });
}

function fixAllAction(
  { client, say }: Session,
  file: MappingDocument | FailedNodesFile,
  title: string,
  edits: readonly TextEdit[],
): CodeAction {
  return { title: say(title), kind: fixAllKind, edit: workspaceEdit(client, file, edits) };
}
