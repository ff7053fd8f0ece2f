import { removeRows } from '@omnia-buildstream/core/nodes/removeRows';
import { RequestType } from 'vscode-languageserver';
import type { RemoveNodesRequest } from '../protocol.ts';
import type { Feature } from '../session.ts';

const request = new RequestType<RemoveNodesRequest['params'], RemoveNodesRequest['result'], void>(
  'buildstream/removeNodes' satisfies RemoveNodesRequest['method'],
);

/** `buildstream/removeNodes`: removes the rows of nodes in one list of edits, a single undo step. */
export const removeNodes: Feature = ({ connection, pairs, say }) => {
  connection.onRequest(request, async ({ uri, nodes }) => {
    const { mapping } = await pairs.of(uri);
    return mapping === undefined ? null : removeRows(mapping.model, nodes, say);
  });
  return {};
};
