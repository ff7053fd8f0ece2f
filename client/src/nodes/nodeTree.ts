import type { NodeState } from '@omnia-buildstream/core/nodes/nodeState';
import type { RunPhase } from '@omnia-buildstream/core/nodes/nodeFacts';
import type { NodeInfo } from '@omnia-buildstream/server/protocol';

export type NodeGrouping = 'group' | 'state';

/** A GROUP_NAME or a state, with its nodes. It stays the same object for as long as it has nodes. */
export interface NodeBranch {
  readonly kind: 'branch';
  readonly id: string;
  readonly name: BranchName;
  nodes: readonly NodeInfo[];
}

export type BranchName =
  /** Empty for rows without a group. */
  | { readonly by: 'group'; readonly group: string }
  | { readonly by: 'state'; readonly state: Exclude<NodeState, 'failed'> }
  /** Why the nodes failed, in the user's language. Empty if unknown. */
  | { readonly by: 'cause'; readonly cause: string }
  /** Nodes that a run in progress includes and has not finished. */
  | { readonly by: 'progress' };

/** The phase of a node in a run in progress. Undefined if no run includes it. */
export type PhaseOf = (node: NodeInfo) => RunPhase | undefined;

/** A part of a branch that has too many nodes to scroll through. `first` counts from 1. */
export interface NodePage {
  readonly kind: 'page';
  readonly id: string;
  readonly first: number;
  readonly nodes: readonly NodeInfo[];
}

export interface NodeLeaf {
  readonly kind: 'node';
  readonly id: string;
  readonly node: NodeInfo;
}

export type NodeTreeElement = NodeBranch | NodePage | NodeLeaf;

/** The most tree items that are created and sent at a time. */
export const pageSize = 500;

/** Nodes whose names, addresses, role, group, state or message contain every word of the filter, ignoring case. */
export function filterNodes(
  nodes: readonly NodeInfo[],
  filter: string,
  stateName: (state: NodeState) => string,
): readonly NodeInfo[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return nodes;
  return nodes.filter((node) => {
    const { hostname, role, group, bmcIp, serviceTag, state, message = '', causeTitle = '' } = node;
    const text = [hostname, role, group, bmcIp, serviceTag, stateName(state), message, causeTitle].join('\n');
    const lower = text.toLowerCase();
    return words.every((word) => lower.includes(word));
  });
}

/**
 * The branches in display order: groups by name; states by how much attention they need, with failed nodes by cause.
 * Nodes keep the order of the file.
 */
export function branchesOf(nodes: readonly NodeInfo[], by: NodeGrouping, phaseOf: PhaseOf = notRunning): NodeBranch[] {
  const branches = new Map<string, { name: BranchName; nodes: NodeInfo[] }>();
  for (const node of nodes) {
    const name = branchName(node, by, phaseOf);
    const id = branchId(name);
    const branch = branches.get(id);
    if (branch === undefined) branches.set(id, { name, nodes: [node] });
    else branch.nodes.push(node);
  }
  const found = [...branches].map(([id, branch]): NodeBranch => ({ kind: 'branch', id, ...branch }));
  return found.sort((a, b) => compare(a.name, b.name));
}

/** What an expanded branch or page contains: its nodes, or pages of them. */
export function childrenOf(element: NodeBranch | NodePage): readonly (NodePage | NodeLeaf)[] {
  const { id, nodes, kind } = element;
  if (kind === 'page' || nodes.length <= pageSize) return leaves(id, nodes);
  const pages: NodePage[] = [];
  for (let at = 0; at < nodes.length; at += pageSize) {
    const first = at + 1;
    pages.push({ kind: 'page', id: `${id}/${String(first)}`, first, nodes: nodes.slice(at, at + pageSize) });
  }
  return pages;
}

function leaves(parentId: string, nodes: readonly NodeInfo[]): NodeLeaf[] {
  const ids = idsOf(nodes);
  return nodes.map((node, index) => ({ kind: 'node', id: `${parentId}/${ids[index] ?? ''}`, node }));
}

/** IDs preserve selection and expansion across a refresh, so they must not depend on the position in the file. */
export function idsOf(nodes: readonly NodeInfo[]): string[] {
  const seen = new Map<string, number>();
  return nodes.map(({ bmcIp, hostname }) => {
    const key = `${bmcIp}|${hostname}`;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? key : `${key}#${String(count)}`;
  });
}

/** The path to a node: its branch, its page if the branch has pages, and its leaf. Empty if it is in no branch. */
export function pathTo(branches: readonly NodeBranch[], node: NodeInfo): readonly NodeTreeElement[] {
  const branch = branches.find(({ nodes }) => nodes.includes(node));
  if (branch === undefined) return [];
  const path: NodeTreeElement[] = [branch];
  for (let at: NodeBranch | NodePage = branch; ;) {
    const next: NodePage | NodeLeaf | undefined = childrenOf(at).find((child) =>
      child.kind === 'node' ? child.node === node : child.nodes.includes(node),
    );
    if (next === undefined) return path;
    path.push(next);
    if (next.kind === 'node') return path;
    at = next;
  }
}

const notRunning: PhaseOf = () => undefined;

function branchName(node: NodeInfo, by: NodeGrouping, phaseOf: PhaseOf): BranchName {
  const { group, state, causeTitle = '' } = node;
  // A node that is not in the mapping file has no group, which is different from a row with an empty group.
  if (by === 'group') return state === 'not-in-mapping' ? { by: 'state', state } : { by, group };
  switch (phaseOf(node)) {
    case 'waiting':
    case 'running':
    case 'left':
      return { by: 'progress' };
    case 'booted':
      return { by: 'state', state: 'booted' };
    case 'failed':
      return { by: 'cause', cause: causeTitle };
    case undefined:
      return state === 'failed' ? { by: 'cause', cause: causeTitle } : { by: 'state', state };
  }
}

function branchId(name: BranchName): string {
  switch (name.by) {
    case 'group':
      return `group:${name.group}`;
    case 'state':
      return `state:${name.state}`;
    case 'cause':
      return `cause:${name.cause}`;
    case 'progress':
      return 'progress';
  }
}

/** Branches whose nodes need no attention. They are collapsed at first. */
export function isQuiet(name: BranchName): boolean {
  return name.by === 'state' && (name.state === 'booted' || name.state === 'ok');
}

const kinds: readonly BranchName['by'][] = ['cause', 'progress', 'group', 'state'];
/** States in the order of how much attention they need. */
const attention: readonly NodeState[] = ['marked', 'not-in-mapping', 'not-booted', 'new', 'unknown', 'booted', 'ok'];

const names = new Intl.Collator(undefined, { numeric: true });

function compare(a: BranchName, b: BranchName): number {
  if (a.by === 'state' && b.by === 'state') return attention.indexOf(a.state) - attention.indexOf(b.state);
  if (a.by === 'group' && b.by === 'group') return names.compare(a.group, b.group);
  if (a.by === 'cause' && b.by === 'cause') return names.compare(a.cause, b.cause);
  return kinds.indexOf(a.by) - kinds.indexOf(b.by);
}
