import { entriesToMark, markEdits } from '@omnia-buildstream/core/failedNodes/marks';
import { RequestType } from 'vscode-languageserver/node';
import type { MarkNodesRequest } from '../protocol.ts';
import type { Feature } from '../session.ts';

const request = new RequestType<MarkNodesRequest['params'], MarkNodesRequest['result'], void>(
  'buildstream/markNodes' satisfies MarkNodesRequest['method'],
);

/** `buildstream/markNodes`: one list of edits, so that the client can apply them as one step for "undo". */
export const markNodes: Feature = ({ connection, pairs }) => {
  connection.onRequest(request, async ({ uri, bmcIps, status }) => {
    const { failed } = await pairs.of(uri);
    // Between the marks of a merge nobody knows which entry will stay.
    if (failed === undefined || failed.document.conflicts.length > 0) return [];
    return markEdits(failed.document, entriesToMark(failed.document, bmcIps, status), status);
  });
  return {};
};
