import { fieldAt, entryAt } from '@omnia-buildstream/core/failedNodes/document';
import { cellSpotAt } from '@omnia-buildstream/core/language/cellSpot';
import { definitions } from '@omnia-buildstream/core/language/occurrences';
import { keyFor } from '@omnia-buildstream/core/nodes/joinedFields';
import { entryPlaces, rowPlaces } from '@omnia-buildstream/core/language/nodes/places';
import type { Location, Position } from 'vscode-languageserver';
import type { FailedNodesFile } from '../nodes/failedNodesFile.ts';
import type { NodeView } from '../nodes/nodeView.ts';
import { viewOf, withFailedNodes, type Feature } from '../session.ts';

/**
 * `textDocument/definition`: from a parent's tag to its row, from a group to its first row, from an entry of
 * failed_nodes.json to its row, and from a row's identifying cells to its entry.
 */
export const definition: Feature = (session) => {
  const { connection, documents } = session;
  connection.onDefinition(async ({ textDocument: { uri }, position }) => {
    const failed = documents.failedNodes(uri);
    if (failed !== undefined) return withFailedNodes(session, failed, (view) => rowsAt(view, position));
    const document = documents.mapping(uri);
    if (document === undefined) return null;
    const view = await viewOf(session, uri);
    const spot = cellSpotAt(document.model, position);
    if (spot === undefined) return null;
    if (view.failed !== undefined && spot.row !== undefined && keyFor(spot.column) !== undefined) {
      const entries = entryPlaces(view.nodes, spot.row, spot.column);
      if (entries.length > 0) return locations(view.failed.uri, entries);
    }
    const places = definitions(document.model, spot).map(({ range }) => range);
    return locations(uri, places);
  });
  return { definitionProvider: true };
};

function rowsAt(
  { nodes, mapping, failed }: NodeView & { failed: FailedNodesFile },
  position: Position,
): Location[] | null {
  const entry = entryAt(failed.document, position);
  if (mapping === undefined || entry === undefined) return null;
  return locations(mapping.uri, rowPlaces(nodes, entry, fieldAt(entry, position)?.[0]));
}

function locations(uri: string, ranges: readonly Location['range'][]): Location[] {
  return ranges.map((range) => ({ uri, range }));
}
