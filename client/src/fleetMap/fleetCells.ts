import type { NodeInfo, NodeList } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import type { LiveNodes } from '../nodes/liveNodes.ts';
import { nodeFace } from '../nodes/nodeFace.ts';
import { idsOf } from '../nodes/nodeTree.ts';
import { branchTitle } from '../nodes/nodeWords.ts';
import type { MapCell } from '../pages/fleetMap/cells.ts';
import type { MapMessage } from '../pages/fleetMap/messages.ts';

/** A node and its cell on the map. */
export interface FleetNode {
  readonly node: NodeInfo;
  readonly cell: MapCell;
}

/** What the Nodes view shows of each node, as cells of the map. */
export function fleetOf(list: NodeList, live: Pick<LiveNodes, 'verdictOf'>): readonly FleetNode[] {
  const { nodes } = list;
  const ids = idsOf(nodes);
  const byTag = new Map(nodes.map(({ serviceTag, hostname }) => [serviceTag, hostname]));
  return nodes.map((node, index) => ({ node, cell: cellOf(node, ids[index] ?? '', byTag, live) }));
}

/** The same cell with the current state of its node. */
export function sameCell({ node, cell }: FleetNode, live: Pick<LiveNodes, 'verdictOf'>): FleetNode {
  const { mark, spoken, context } = nodeFace(node, live);
  return { node, cell: { ...cell, mark, spoken, context } };
}

function cellOf(
  node: NodeInfo,
  id: string,
  byTag: ReadonlyMap<string, string>,
  live: Pick<LiveNodes, 'verdictOf'>,
): MapCell {
  const { name, mark, spoken, context } = nodeFace(node, live);
  const { bmcIp, serviceTag, group, role, parentServiceTag: parent = '' } = node;
  const orphan = node.state === 'not-in-mapping' ? branchTitle({ by: 'state', state: node.state }) : undefined;
  const host = byTag.get(parent) ?? '';
  const sections = {
    group: orphan ?? branchTitle({ by: 'group', group }),
    role: orphan ?? (role === '' ? vscode.l10n.t('Without Functional Group') : role),
    parent: orphan ?? (parent === '' ? vscode.l10n.t('Without Parent') : host === '' ? parent : host),
  };
  return { id, name, mark, sections, spoken, bmcIp, serviceTag, context };
}

/** The message to the page after a change: only the changed cells if the fleet is the same. */
export function newsOf(before: readonly FleetNode[], now: readonly FleetNode[], progress: string): MapMessage {
  const isSame = before.length === now.length && before.every(({ cell }, index) => cell.id === now[index]?.cell.id);
  if (!isSame) return { type: 'fleet', cells: now.map(({ cell }) => cell), progress };
  const changed = now.filter(({ cell }, index) => !isAlike(cell, before[index]?.cell));
  return { type: 'changed', cells: changed.map(({ cell }) => cell), progress };
}

function isAlike(one: MapCell, other: MapCell | undefined): boolean {
  return (
    one.name === other?.name &&
    one.mark === other.mark &&
    one.spoken === other.spoken &&
    one.context === other.context &&
    one.bmcIp === other.bmcIp &&
    one.serviceTag === other.serviceTag &&
    one.sections.group === other.sections.group &&
    one.sections.role === other.sections.role &&
    one.sections.parent === other.sections.parent
  );
}
