import { refused } from '@omnia-buildstream/core/errors/userError';
import type { NodeStatus } from '@omnia-buildstream/core/failedNodes/edits';
import type { MarkNodes } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import type { LanguageServer } from '../language/languageServer.ts';
import { toTextEdit } from '../language/places.ts';
import { window } from '../platform/window.ts';

/** If the user types while the server computes edits, these no longer fit, and the server is asked again. */
const maxTries = 3;

/** Sets the status of nodes in the open file as one undo step; saving and committing are left to the user. */
export async function markNodes(server: LanguageServer, request: MarkNodes): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(request.uri));
  await vscode.window.showTextDocument(document, { preview: false });
  const count = await apply(server, document, request);
  void window.showInformationMessage(count === 0 ? nothingToMark(request.status) : whatFollows(request.status, count));
}

async function apply(server: LanguageServer, document: vscode.TextDocument, request: MarkNodes): Promise<number> {
  for (let tries = 0; tries < maxTries; tries++) {
    const { version } = document;
    const { edits, refused: reason } = await server.ask('buildstream/markNodes', request);
    if (document.version !== version) continue;
    if (reason !== null) throw refused(reason);
    if (edits.length === 0) return 0;
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, edits.map(toTextEdit));
    if (await vscode.workspace.applyEdit(edit)) return edits.length;
  }
  throw refused(vscode.l10n.t('failed_nodes.json could not be changed. Try again.'));
}

function nothingToMark(status: NodeStatus): string {
  return status === 'success'
    ? vscode.l10n.t('There is nothing to mark: these nodes are marked as successful already.')
    : vscode.l10n.t('There is nothing to mark: these nodes are listed as failed already.');
}

function whatFollows(status: NodeStatus, count: number): string {
  if (status === 'success') {
    return count === 1
      ? vscode.l10n.t('1 node marked as successful. Save and commit the file, then retry the downstream pipeline.')
      : vscode.l10n.t(
          '{0} nodes marked as successful. Save and commit the file, then retry the downstream pipeline.',
          count,
        );
  }
  return count === 1
    ? vscode.l10n.t('1 node marked as failed again. Omnia tries it again unless it has read "success" before.')
    : vscode.l10n.t(
        '{0} nodes marked as failed again. Omnia tries them again unless it has read "success" before.',
        count,
      );
}
