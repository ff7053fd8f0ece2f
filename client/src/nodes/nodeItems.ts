import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import type { LiveNodes } from './liveNodes.ts';
import { nodeFace } from './nodeFace.ts';
import { countOf, stateIcon, type StateIcon } from './nodeLook.ts';
import { nodeTooltip } from './nodeTooltip.ts';
import type { NodeBranch, NodeLeaf, NodePage, NodeTreeElement } from './nodeTree.ts';
import { branchTitle, failedCount, nodeCount } from './nodeWords.ts';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** An element of the tree as VS Code draws and speaks it; tooltips are made later, when one is looked at. */
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

/** Adds what is too costly to make for thousands of nodes that nobody looks at. */
export function withTooltip(item: vscode.TreeItem, element: NodeTreeElement, live: LiveNodes): vscode.TreeItem {
  if (element.kind === 'node') item.tooltip = nodeTooltip(element.node, live);
  return item;
}

function branchItem({ id, name, nodes }: NodeBranch, isUnfolded: boolean): vscode.TreeItem {
  const title = branchTitle(name);
  const item = new vscode.TreeItem(title, isUnfolded ? Expanded : Collapsed);
  item.id = id;
  item.contextValue = 'branch';
  item.iconPath = name.by === 'state' ? icon(stateIcon(name.state)) : new vscode.ThemeIcon('server-environment');
  describe(item, title, nodes, name.by === 'group');
  return item;
}

function pageItem({ id, first, nodes }: NodePage): vscode.TreeItem {
  const last = first + nodes.length - 1;
  const title = vscode.l10n.t('Nodes {0}–{1}', first, last);
  const item = new vscode.TreeItem(title, Collapsed);
  item.id = id;
  item.contextValue = 'page';
  describe(item, title, nodes, true);
  return item;
}

function describe(item: vscode.TreeItem, title: string, nodes: readonly NodeInfo[], withFailed: boolean): void {
  const failed = withFailed ? countOf(nodes, 'failed') : 0;
  const parts = [nodeCount(nodes.length), ...(failed > 0 ? [failedCount(failed)] : [])];
  item.description = parts.join(' · ');
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
  return item;
}

function icon({ codicon, color }: StateIcon): vscode.ThemeIcon {
  return new vscode.ThemeIcon(codicon, color === undefined ? undefined : new vscode.ThemeColor(color));
}
