import { adviceFor } from '@omnia-buildstream/core/failedNodes/advice';
import type { FailedNode } from '@omnia-buildstream/core/failedNodes/types';
import * as vscode from 'vscode';
import { say } from '../../platform/say.ts';
import { window } from '../../platform/window.ts';

/** Asks which of the failed nodes were booted by hand; shows Omnia's message and the advice for each. */
export async function chooseFailed(
  nodes: readonly FailedNode[],
  picked: ReadonlySet<string>,
): Promise<readonly FailedNode[] | undefined> {
  const items = nodes.map((node) => {
    const { title, advice } = adviceFor(node);
    return {
      label: node.hostname === '' ? node.bmcIp : node.hostname,
      description: [node.bmcIp, say(title)].join(' · '),
      detail: [node.message, say(advice)].filter((text) => text !== '').join(' — '),
      picked: picked.has(node.bmcIp),
      node,
    };
  });
  const chosen = await window.showQuickPick(items, {
    title: vscode.l10n.t('Select Nodes That Were Booted by Hand'),
    placeHolder: vscode.l10n.t('Selected nodes are left out of the retry; the others are retried'),
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return chosen?.map(({ node }) => node);
}
