import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import type { LiveNodes } from './liveNodes.ts';
import { nodeFace } from './nodeFace.ts';
import { countOf, groupContext, stateIcon, type StateIcon } from './nodeLook.ts';
import { nodeTooltip } from './nodeTooltip.ts';
import {
  isQuiet,
  type BranchName,
  type NodeBranch,
  type NodeLeaf,
  type NodePage,
  type NodeTreeElement,
} from './nodeTree.ts';
import { branchTitle, failedCount, nodeCount } from './nodeWords.ts';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** The tree item of an element. Tooltips of nodes are created later, when the user hovers over one. */
export function toTreeItem(element: NodeTreeElement, isUnfolded: boolean, live: LiveNodes): vscode.TreeItem {
  switch (element.kind) {
    case 'branch':
      return branchItem(element, isUnfolded);
    case 'page':
      return pageItem(element);
    case 'node':
      return nodeItem(element, live);
  }
}

/** Adds the tooltip of a node, which is too costly to create in advance for thousands of nodes. */
export function withTooltip(item: vscode.TreeItem, element: NodeTreeElement, live: LiveNodes): vscode.TreeItem {
  if (element.kind === 'node') item.tooltip = nodeTooltip(element.node, live);
  return item;
}

function branchItem({ id, name, nodes }: NodeBranch, isUnfolded: boolean): vscode.TreeItem {
  const title = branchTitle(name);
  const item = new vscode.TreeItem(title, isUnfolded && !isQuiet(name) ? Expanded : Collapsed);
  item.id = id;
  item.contextValue = groupContext('branch', nodes);
  item.iconPath = branchIcon(name);
  describe(item, title, nodes, name.by === 'group');
  return item;
}

function pageItem({ id, first, nodes }: NodePage): vscode.TreeItem {
  const last = first + nodes.length - 1;
  const title = vscode.l10n.t('Nodes {0}–{1}', first, last);
  const item = new vscode.TreeItem(title, Collapsed);
  item.id = id;
  item.contextValue = groupContext('page', nodes);
  describe(item, title, nodes, true);
  return item;
}

function branchIcon(name: BranchName): vscode.ThemeIcon {
  switch (name.by) {
    case 'state':
      return icon(stateIcon(name.state));
    case 'cause':
      return icon(stateIcon('failed'));
    case 'progress':
      return icon(stateIcon('running'));
    case 'group':
      return new vscode.ThemeIcon('server-environment');
  }
}

function describe(item: vscode.TreeItem, title: string, nodes: readonly NodeInfo[], withFailed: boolean): void {
  const failed = withFailed ? countOf(nodes, 'failed') : 0;
  const parts = [nodeCount(nodes.length), ...(failed > 0 ? [failedCount(failed)] : [])];
  item.description = parts.join(' · ');
  item.tooltip = [title, ...parts].join('\n');
  item.accessibilityInformation = { label: [title, ...parts].join(', ') };
}

function nodeItem({ id, node }: NodeLeaf, live: LiveNodes): vscode.TreeItem {
  const { name, mark, description, spoken, context } = nodeFace(node, live);
  const item = new vscode.TreeItem(name, None);
  item.id = id;
  item.contextValue = context;
  item.iconPath = icon(stateIcon(mark));
  item.description = description;
  item.accessibilityInformation = { label: spoken };
  if (node.row !== undefined) {
    const title = vscode.l10n.t('Show in Mapping');
    item.command = { command: 'buildstream.showInMapping', title, arguments: [{ kind: 'node', id, node }] };
  }
  return item;
}

function icon({ codicon, color }: StateIcon): vscode.ThemeIcon {
  return new vscode.ThemeIcon(codicon, color === undefined ? undefined : new vscode.ThemeColor(color));
}
