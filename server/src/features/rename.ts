import { cellSpotAt, type CellSpot } from '@omnia-buildstream/core/language/cellSpot';
import { rename as renameAt, renameTarget, type RenameRefusal } from '@omnia-buildstream/core/language/rename';
import { entrySpot } from '@omnia-buildstream/core/language/nodes/entrySpot';
import { renameEntries } from '@omnia-buildstream/core/language/nodes/renameEntries';
import type { Say } from '@omnia-buildstream/core/text/message';
import { ResponseError, LSPErrorCodes, type WorkspaceEdit } from 'vscode-languageserver';
import type { NodeView } from '../nodes/nodeView.ts';
import { viewOf, withFailedNodes, type Feature, type Session } from '../session.ts';
import { workspaceEdits } from '../workspaceEdit.ts';

/**
 * `textDocument/rename` and `textDocument/prepareRename`: renames hostnames, and service tags with their children, in
 * both files.
 */
export const rename: Feature = (session) => {
  const { connection, documents, say } = session;
  connection.onPrepareRename(({ textDocument: { uri }, position }) => {
    const failed = documents.failedNodes(uri);
    if (failed !== undefined) {
      return withFailedNodes(session, failed, ({ nodes }) => {
        const found = entrySpot(nodes, position);
        return 'refusal' in found ? refuse(say, found) : { range: found.range, placeholder: found.spot.value };
      });
    }
    const document = documents.mapping(uri);
    if (document === undefined) return null;
    const target = renameTarget(cellSpotAt(document.model, position));
    return 'refusal' in target ? refuse(say, target) : target;
  });
  connection.onRenameRequest(async ({ textDocument: { uri }, position, newName }) => {
    const failed = documents.failedNodes(uri);
    if (failed !== undefined) {
      return withFailedNodes(session, failed, (view) => {
        const found = entrySpot(view.nodes, position);
        return 'refusal' in found ? refuse(say, found) : renameIn(session, view, found.spot, newName);
      });
    }
    const document = documents.mapping(uri);
    if (document === undefined) return null;
    const view = await viewOf(session, uri);
    return renameIn(session, view, cellSpotAt(document.model, position), newName);
  });
  return { renameProvider: { prepareProvider: true } };
};

/** One edit across both files. */
function renameIn(
  { client, say }: Session,
  { mapping, failed, nodes }: NodeView,
  spot: CellSpot | undefined,
  newName: string,
): WorkspaceEdit | ResponseError | null {
  if (mapping === undefined) return null;
  const renamed = renameAt(mapping.model, spot, newName);
  if ('refusal' in renamed) return refuse(say, renamed);
  const inEntries = renameEntries(nodes, renamed);
  const { uri, version } = mapping;
  return workspaceEdits(client, [
    { uri, version, edits: renamed.edits },
    ...(failed === undefined || inEntries.length === 0
      ? []
      : [{ uri: failed.uri, version: failed.version, edits: inEntries }]),
  ]);
}

/** Editors show the message to the user. */
function refuse(say: Say, { refusal, params }: RenameRefusal): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestFailed, say(refusal, params));
}
