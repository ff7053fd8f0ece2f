import { groupRuns } from '@omnia-buildstream/core/language/nodes/groupRuns';
import type { NodeModel } from '@omnia-buildstream/core/nodes/nodeModel';
import type { Say } from '@omnia-buildstream/core/text/message';
import type { CodeLens } from 'vscode-languageserver';
import type { NodeView } from '../nodes/nodeView.ts';
import { strings } from '../strings.ts';

/**
 * One lens above each run of a group, counted when it becomes visible. None for a group of one node without an entry.
 */
export function groupLenses({ nodes }: NodeView, uri: string): CodeLens[] {
  const { mapping } = nodes;
  if (mapping === undefined) return [];
  return groupRuns(mapping)
    .filter(({ group }) => {
      const [first, ...others] = mapping.find('GROUP_NAME', group);
      return others.length > 0 || (first !== undefined && nodes.nodeOf(first).entries.length > 0);
    })
    .map(({ group, index }) => ({ range: mapping.document.recordRange(index), data: { uri, group } }));
}

/** "3 nodes in this group, 1 failed" */
export function groupTitle(nodes: NodeModel, group: string, say: Say): string {
  const counts = nodes.groupCounts(group);
  const count = Object.values(counts).reduce((sum, each) => sum + each, 0);
  return [
    count === 1 ? say(strings.groupNode) : say(strings.groupNodes, { count }),
    ...(counts.failed > 0 ? [say(strings.lensFailed, { count: counts.failed })] : []),
    ...(counts.marked > 0 ? [say(strings.lensMarked, { count: counts.marked })] : []),
  ].join(', ');
}
