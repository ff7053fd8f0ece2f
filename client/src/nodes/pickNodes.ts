import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import { nodeName, stateIcon } from './nodeLook.ts';
import { stateWord } from './nodeWords.ts';
import { window } from '../platform/window.ts';

interface NodeChoice extends vscode.QuickPickItem {
  readonly node?: NodeInfo;
}

/** Asks for several nodes, listed by the cause of their failure. Undefined if the user cancels. */
export async function pickNodes(nodes: readonly NodeInfo[], title: string): Promise<readonly NodeInfo[] | undefined> {
  const chosen = await window.showQuickPick(byCause(nodes), {
    title,
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
    placeHolder: vscode.l10n.t('Select nodes (type to filter)'),
  });
  return chosen?.flatMap(({ node }) => node ?? []);
}

/** Asks for one node. Undefined if the user cancels. */
export async function pickNode(nodes: readonly NodeInfo[], title: string): Promise<NodeInfo | undefined> {
  const chosen = await window.showQuickPick<NodeChoice>(nodes.map(choice), {
    title,
    matchOnDescription: true,
    placeHolder: vscode.l10n.t('Hostname, address or role'),
  });
  return chosen?.node;
}

function byCause(nodes: readonly NodeInfo[]): NodeChoice[] {
  const groups = new Map<string, NodeInfo[]>();
  for (const node of nodes) {
    const title = node.causeTitle ?? '';
    groups.set(title, [...(groups.get(title) ?? []), node]);
  }
  return [...groups].flatMap(([label, members]): NodeChoice[] => [
    { label, kind: vscode.QuickPickItemKind.Separator },
    ...members.map((node) => ({ ...choice(node), ...(node.message !== undefined && { detail: node.message }) })),
  ]);
}

function choice(node: NodeInfo): NodeChoice {
  return {
    label: `$(${stateIcon(node.state).codicon}) ${nodeName(node)}`,
    description: [node.role, stateWord(node.state), node.bmcIp].filter((part) => part !== '').join(' · '),
    node,
  };
}
