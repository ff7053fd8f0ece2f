import { adviceFor } from '@omnia-buildstream/core/failedNodes/advice';
import type { Range } from '@omnia-buildstream/core/text/position';
import { comparePositions, touches } from '@omnia-buildstream/core/text/position';
import type { FailedEntry } from '@omnia-buildstream/core/failedNodes/document';
import { bmcIpOf, causeOf, factsOf, isMarked } from '@omnia-buildstream/core/failedNodes/entryText';
import { entriesToMark, markEdits } from '@omnia-buildstream/core/failedNodes/marks';
import { nameOf } from '@omnia-buildstream/core/failedNodes/rules/deletedEntry';
import { addRow } from '@omnia-buildstream/core/nodes/addRow';
import { CodeActionKind, type CodeAction } from 'vscode-languageserver';
import type { FailedNodesFile } from '../nodes/failedNodesFile.ts';
import type { NodeView } from '../nodes/nodeView.ts';
import type { Session } from '../session.ts';
import { strings } from '../strings.ts';
import { workspaceEdit } from '../workspaceEdit.ts';

type View = NodeView & { readonly failed: FailedNodesFile };

/** Actions that mark the entry at the cursor or the selected entries, and add a row for an entry without one. */
export function entryActions(session: Session, view: View, range: Range): CodeAction[] {
  const { failed } = view;
  if (failed.document.conflicts.length > 0) return [];
  const entries = failed.document.entries.filter(
    (entry) => entry.node.type === 'object' && touches(entry.range, range),
  );
  const [entry] = entries;
  if (entry === undefined) return [];
  const isSelection = comparePositions(range.start, range.end) !== 0 && entries.length > 1;
  if (!isSelection) return [markEntry(session, failed, entry), ...addEntryRow(session, view, entry)];
  const open = entries.filter((each) => !isMarked(each));
  const count = open.length;
  return count === 0 ? [] : [mark(session, failed, open, session.say(strings.markSelected, { count }))];
}

/** Actions that mark all entries, or those that failed for the same reason as the one at the cursor. */
export function markManyActions(session: Session, { failed }: View, range: Range): CodeAction[] {
  const { say } = session;
  if (failed.document.conflicts.length > 0) return [];
  const all = entriesToMark(failed.document, 'all', 'success');
  const here = failed.document.entries.find((entry) => touches(entry.range, range));
  const cause = here === undefined ? undefined : causeOf(here);
  const same = cause === undefined ? [] : all.filter((entry) => causeOf(entry) === cause);
  const { title } = adviceFor(here === undefined ? { message: '' } : factsOf(here));
  const actions: CodeAction[] = [];
  if (same.length > 1 && same.length < all.length) {
    const params = { count: same.length, cause: say(title) };
    actions.push(mark(session, failed, same, say(strings.markCause, params), CodeActionKind.RefactorRewrite));
  }
  if (all.length > 1) {
    const params = { count: all.length };
    actions.push(mark(session, failed, all, say(strings.markAll, params), CodeActionKind.RefactorRewrite));
  }
  return actions;
}

function markEntry(session: Session, file: FailedNodesFile, entry: FailedEntry): CodeAction {
  const { say, client } = session;
  const node = nameOf(entry);
  if (!isMarked(entry)) return mark(session, file, [entry], say(strings.markOne, { node }));
  const title = say(isUncommittedMark(session, file, entry) ? strings.markBack : strings.markBackInVain, { node });
  const edits = markEdits(file.document, [entry], 'failed');
  return { title, kind: CodeActionKind.QuickFix, edit: workspaceEdit(client, file, edits) };
}

/** Omnia cannot have read a mark that is not committed. */
function isUncommittedMark({ committed }: Session, { uri }: FailedNodesFile, entry: FailedEntry): boolean {
  const before = committed.failedNodes(uri)?.entries.filter((each) => bmcIpOf(each) === bmcIpOf(entry)) ?? [];
  return before.length > 0 && !before.some(isMarked);
}

function addEntryRow({ client, say }: Session, { mapping, nodes }: View, entry: FailedEntry): CodeAction[] {
  const bmcIp = bmcIpOf(entry) ?? '';
  if (mapping === undefined || bmcIp === '' || nodes.rowsOf(bmcIp).length > 0) return [];
  const edit = addRow(mapping.model, entry);
  if (edit === undefined) return [];
  const title = say(strings.addRow, { node: nameOf(entry) });
  return [{ title, kind: CodeActionKind.QuickFix, edit: workspaceEdit(client, mapping, [edit]) }];
}

function mark(
  { client }: Session,
  file: FailedNodesFile,
  entries: readonly FailedEntry[],
  title: string,
  kind: string = CodeActionKind.QuickFix,
): CodeAction {
  return { title, kind, edit: workspaceEdit(client, file, markEdits(file.document, entries, 'success')) };
}
