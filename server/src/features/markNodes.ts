import { entriesToMark, markEdits } from '@omnia-buildstream/core/failedNodes/marks';
import { mergeConflictIn } from '@omnia-buildstream/core/plan/obstacles';
import { sayObstacle } from '@omnia-buildstream/core/plan/changeTexts';
import { sayProblems } from '@omnia-buildstream/core/plan/planProblems';
import { RequestType } from 'vscode-languageserver';
import type { FailedNodesFile } from '../nodes/failedNodesFile.ts';
import type { MarkNodes, MarkNodesRequest, NodeMarks } from '../protocol.ts';
import type { Feature, Session } from '../session.ts';

const request = new RequestType<MarkNodesRequest['params'], MarkNodesRequest['result'], void>(
  'buildstream/markNodes' satisfies MarkNodesRequest['method'],
);

/** `buildstream/markNodes`: one list of edits, so that the client can apply them as a single undo step. */
export const markNodes: Feature = (session) => {
  session.connection.onRequest(request, async (params) => {
    const { edits, refused } = await marksOf(session, params);
    return { edits, refused };
  });
  return {};
};

/** The edits that set the status of nodes, and their file. No edits if there is no failed_nodes.json. */
export async function marksOf(
  { pairs, say }: Pick<Session, 'pairs' | 'say'>,
  { uri, bmcIps, status }: MarkNodes,
): Promise<NodeMarks & { readonly failed?: FailedNodesFile }> {
  const { failed, mapping } = await pairs.of(uri);
  if (failed === undefined) return { edits: [], refused: null };
  const [conflict] = failed.document.conflicts;
  if (conflict !== undefined) {
    // Between conflict markers, it is unknown which entry will stay.
    const problem = { kind: 'failed-conflict', line: conflict.first } as const;
    return { edits: [], refused: sayProblems([problem], say) };
  }
  const inMapping = mapping && mergeConflictIn(mapping.model);
  if (inMapping !== undefined) return { edits: [], refused: sayObstacle(inMapping, say) };
  const entries = entriesToMark(failed.document, bmcIps, status);
  return { edits: markEdits(failed.document, entries, status), refused: null, failed };
}
