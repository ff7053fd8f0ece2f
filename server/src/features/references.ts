import { entryAt, fieldAt } from '@omnia-buildstream/core/failedNodes/document';
import { bmcIpOf } from '@omnia-buildstream/core/failedNodes/entryText';
import { cellSpotAt, cellSpotOf, type CellSpot } from '@omnia-buildstream/core/language/cellSpot';
import { occurrences } from '@omnia-buildstream/core/language/occurrences';
import { columnFor, keyFor } from '@omnia-buildstream/core/nodes/joinedFields';
import { entryPlace, entryPlaces, rowsOfEntry } from '@omnia-buildstream/core/language/nodes/places';
import type { Location, Position } from 'vscode-languageserver';
import type { FailedNodesFile } from '../nodes/failedNodesFile.ts';
import type { NodeView } from '../nodes/nodeView.ts';
import { viewOf, withFailedNodes, type Feature } from '../session.ts';

/** `textDocument/references`: a tag's row and its children, all uses of any other value, a node's entries. */
export const references: Feature = (session) => {
  const { connection, documents } = session;
  connection.onReferences(async ({ textDocument: { uri }, position, context: { includeDeclaration } }) => {
    const failed = documents.failedNodes(uri);
    if (failed !== undefined) {
      return withFailedNodes(session, failed, (view) => ofEntry(view, position, includeDeclaration));
    }
    const document = documents.mapping(uri);
    if (document === undefined) return null;
    const view = await viewOf(session, uri);
    const spot = cellSpotAt(document.model, position);
    return spot === undefined ? null : ofCell(view, spot, includeDeclaration);
  });
  return { referencesProvider: true };
};

function ofCell({ mapping, failed, nodes }: NodeView, spot: CellSpot, includeDeclaration: boolean): Location[] {
  if (mapping === undefined) return [];
  const found = occurrences(mapping.model, spot);
  const wanted = includeDeclaration ? found : found.filter(({ defines }) => !defines);
  const inMapping = wanted.map(({ range }) => ({ uri: mapping.uri, range }));
  if (failed === undefined || spot.row === undefined || keyFor(spot.column) === undefined) return inMapping;
  const ranges = entryPlaces(nodes, spot.row, spot.column);
  return [...inMapping, ...ranges.map((range) => ({ uri: failed.uri, range }))];
}

/** All places of an entry's node, by the name under the cursor. */
function ofEntry(
  view: NodeView & { readonly failed: FailedNodesFile },
  position: Position,
  includeDeclaration: boolean,
): Location[] | null {
  const { failed, mapping, nodes } = view;
  const entry = entryAt(failed.document, position);
  if (entry === undefined) return null;
  const key = fieldAt(entry, position)?.[0] ?? '';
  const column = columnFor(key) ?? 'BMC_IP';
  const spots =
    mapping === undefined ? [] : rowsOfEntry(nodes, entry).map((row) => cellSpotOf(mapping.model, row, column));
  const [spot] = spots;
  if (spot !== undefined) return ofCell(view, spot, includeDeclaration);
  const same = nodes.entriesOf(bmcIpOf(entry) ?? '');
  return same.map((each) => ({ uri: failed.uri, range: entryPlace(failed.document, each, keyFor(column)) }));
}
