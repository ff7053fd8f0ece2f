import type { NodeStatus } from '@omnia-buildstream/core/failedNodes/edits';
import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import type { CommandContext } from '../commands/commandContext.ts';
import { currentFailedUri, currentNodes, nodesFromMenu } from '../nodes/commandNodes.ts';
import { pickNodes } from '../nodes/pickNodes.ts';
import { markNodes } from './markNodes.ts';
import { window } from '../platform/window.ts';

type MarkContext = Pick<CommandContext, 'server' | 'nodes'>;

/** Marks the nodes of a code lens, those selected in the view, or those that the user picks. */
export async function markCommand(
  { server, nodes }: MarkContext,
  status: NodeStatus,
  args: readonly unknown[],
): Promise<void> {
  const [uri, bmcIps] = args;
  if (typeof uri === 'string' && isTexts(bmcIps)) {
    await markNodes(server, { uri, bmcIps, status });
    return;
  }
  const failedUri = await currentFailedUri(nodes);
  // A group may contain nodes without an entry, which cannot be marked.
  const given = nodesFromMenu(args)?.filter(({ entry }) => entry !== undefined);
  const chosen = given ?? (await ask(await currentNodes(nodes), status));
  if (chosen === undefined || chosen.length === 0) return;
  await markNodes(server, { uri: failedUri, bmcIps: chosen.map(({ bmcIp }) => bmcIp), status });
}

export async function markAllSuccessful({ server, nodes }: MarkContext, given: unknown): Promise<void> {
  const uri = typeof given === 'string' ? given : await currentFailedUri(nodes);
  await markNodes(server, { uri, bmcIps: 'all', status: 'success' });
}

async function ask(nodes: readonly NodeInfo[], status: NodeStatus): Promise<readonly NodeInfo[] | undefined> {
  const isMarked = status === 'failed';
  const candidates = nodes.filter(({ entry, state }) => entry !== undefined && (state === 'marked') === isMarked);
  if (candidates.length === 0) {
    const message = isMarked
      ? vscode.l10n.t('No node is marked as successful.')
      : vscode.l10n.t('No node is listed as failed.');
    void window.showInformationMessage(message);
    return undefined;
  }
  return pickNodes(
    candidates,
    isMarked ? vscode.l10n.t('Mark as Failed Again') : vscode.l10n.t('Mark as Successful: Booted by Hand'),
  );
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
