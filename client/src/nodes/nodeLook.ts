import type { NodeState } from '@omnia-buildstream/core/nodes/nodeState';
import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import type { NodeMark } from '../pages/fleetMap/marks.ts';

/** The icon of a state. Each state has its own shape, so that color is never the only difference. */
export interface StateIcon {
  readonly codicon: string;
  /** ID of a theme color. */
  readonly color: string | undefined;
}

const icons: Readonly<Record<NodeMark, StateIcon>> = {
  failed: { codicon: 'error', color: 'list.errorForeground' },
  marked: { codicon: 'verified', color: 'testing.iconPassed' },
  'not-in-mapping': { codicon: 'warning', color: 'list.warningForeground' },
  'not-booted': { codicon: 'circle-outline', color: undefined },
  new: { codicon: 'add', color: undefined },
  booted: { codicon: 'pass-filled', color: 'testing.iconPassed' },
  ok: { codicon: 'pass', color: 'testing.iconPassed' },
  unknown: { codicon: 'question', color: undefined },
  waiting: { codicon: 'clock', color: undefined },
  running: { codicon: 'sync~spin', color: undefined },
  left: { codicon: 'debug-pause', color: undefined },
};

const maxMessageLength = 80;

/** The icon of a node's state, or of its phase in a run. */
export function stateIcon(mark: NodeMark): StateIcon {
  return icons[mark];
}

/** The name of a node in the tree. Falls back to BMC_IP and service tag for rows without a hostname. */
export function nodeName({ hostname, bmcIp, serviceTag }: NodeInfo): string {
  return [hostname, bmcIp, serviceTag].find((name) => name !== '') ?? '?';
}

/** The text beside the name of a node: the known facts, each shortened to one line. */
export function nodeDescription(facts: readonly string[]): string {
  return facts
    .map(shortened)
    .filter((part) => part !== '')
    .join(' · ');
}

/** Words for `when` clauses in package.json that say what can be done with a node. */
export function nodeContext({ state, row, entry, bmcIp, isCommented }: NodeInfo): string {
  const hasBmc = bmcIp !== '';
  const words = [
    'node',
    row !== undefined && 'hasRow',
    entry !== undefined && 'hasEntry',
    hasBmc && 'hasBmc',
    isCommented === true && 'commented',
    hasBmc && entry !== undefined && state !== 'marked' && 'markable',
    hasBmc && state === 'marked' && 'unmarkable',
  ];
  return words.filter((word) => word !== false).join(' ');
}

/** The same words for what can be done with any of several nodes. `hasEntry` and `commented` apply to single nodes. */
export function groupContext(kind: 'branch' | 'page', nodes: readonly NodeInfo[]): string {
  const words = new Set(nodes.flatMap((node) => nodeContext(node).split(' ')));
  const shared = ['hasRow', 'hasBmc', 'markable', 'unmarkable'].filter((word) => words.has(word));
  return [kind, ...shared].join(' ');
}

/** The number of nodes in a state. */
export function countOf(nodes: readonly NodeInfo[], state: NodeState): number {
  return nodes.reduce((count, node) => count + (node.state === state ? 1 : 0), 0);
}

function shortened(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim();
  return line.length <= maxMessageLength ? line : `${line.slice(0, maxMessageLength - 1).trimEnd()}…`;
}
