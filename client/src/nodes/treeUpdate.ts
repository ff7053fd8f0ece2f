import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import type { NodeBranch } from './nodeTree.ts';

/** What to show next, and which branches to redraw: `everything` if branches were added, removed or moved. */
export interface TreeUpdate {
  readonly branches: readonly NodeBranch[];
  readonly changed: 'everything' | readonly NodeBranch[];
}

/** Reuses the objects of branches that still exist, because VS Code identifies elements by object identity. */
export function updateTree(before: readonly NodeBranch[], next: readonly NodeBranch[]): TreeUpdate {
  const old = new Map(before.map((branch) => [branch.id, branch]));
  const isSameShape = before.length === next.length && before.every(({ id }, index) => id === next[index]?.id);
  const changed: NodeBranch[] = [];
  const branches = next.map((branch) => {
    const known = old.get(branch.id);
    if (known === undefined) return branch;
    if (!sameNodes(known.nodes, branch.nodes)) changed.push(known);
    known.nodes = branch.nodes;
    return known;
  });
  return { branches, changed: isSameShape ? changed : 'everything' };
}

function sameNodes(a: readonly NodeInfo[], b: readonly NodeInfo[]): boolean {
  return a.length === b.length && a.every((node, index) => sameNode(node, b[index]));
}

/** Ignores line numbers, because the place of a node is looked up when it is needed. */
function sameNode(a: NodeInfo, b: NodeInfo | undefined): boolean {
  return (
    a.hostname === b?.hostname &&
    a.role === b.role &&
    a.group === b.group &&
    a.bmcIp === b.bmcIp &&
    a.adminIp === b.adminIp &&
    a.serviceTag === b.serviceTag &&
    a.parentServiceTag === b.parentServiceTag &&
    a.state === b.state &&
    a.message === b.message &&
    a.causeTitle === b.causeTitle &&
    a.since === b.since &&
    a.isCommented === b.isCommented &&
    (a.row === undefined) === (b.row === undefined)
  );
}
