import { refused } from '@omnia-buildstream/core/errors/userError';
import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import type { CommandContext } from '../commands/commandContext.ts';
import { showPlace } from '../language/places.ts';
import { bmcAddress, bmcPage } from './bmcAddress.ts';
import { currentNodes, nodesFromMenu } from './commandNodes.ts';
import { nodeName } from './nodeLook.ts';
import { pickNode } from './pickNodes.ts';
import { window } from '../platform/window.ts';

type NodeContext = Pick<CommandContext, 'server' | 'nodes'>;

/** Shows the row of a node: the one that a code lens passes, the one selected in the view, or one the user picks. */
export async function showInMapping(context: NodeContext, args: readonly unknown[]): Promise<void> {
  const [bmcIp, uri] = args;
  if (typeof bmcIp === 'string' && typeof uri === 'string') await show(context, uri, bmcIp, 'mapping');
  else await showChosen(context, args, 'mapping');
}

export async function showInFailedNodes(context: NodeContext, args: readonly unknown[]): Promise<void> {
  await showChosen(context, args, 'failed');
}

export async function copyBmcAddress(context: NodeContext, args: readonly unknown[]): Promise<void> {
  const chosen = await nodesOf(context, args, vscode.l10n.t('Copy BMC Address'), ({ bmcIp }) => bmcIp !== '');
  const addresses = [...new Set(chosen.map(({ bmcIp }) => bmcAddress(bmcIp)))].join('\n');
  if (addresses === '') return;
  await vscode.env.clipboard.writeText(addresses);
  window.setStatusBarMessage(vscode.l10n.t('Copied: {0}', addresses.replaceAll('\n', ', ')), 3_000);
}

/** Asks before opening the page, because the address comes from a file that anyone may have written. */
export async function openBmc(context: NodeContext, args: readonly unknown[]): Promise<void> {
  const [node] = await nodesOf(context, args, vscode.l10n.t('Open BMC'), ({ bmcIp }) => bmcIp !== '');
  if (node === undefined) return;
  const page = bmcPage(node.bmcIp);
  if (page === undefined) {
    throw refused(vscode.l10n.t('"{0}" is not a valid IPv4 address.', node.bmcIp));
  }
  const open = vscode.l10n.t('Open');
  const message = vscode.l10n.t('Open the BMC of {0} in the browser?', nodeName(node));
  if ((await window.ask(message, [page], open)) !== open) return;
  await vscode.env.openExternal(vscode.Uri.parse(page));
}

async function showChosen(context: NodeContext, args: readonly unknown[], file: 'mapping' | 'failed'): Promise<void> {
  const title = file === 'mapping' ? vscode.l10n.t('Show in Mapping') : vscode.l10n.t('Show in failed_nodes.json');
  const isThere = ({ row, entry }: NodeInfo): boolean => (file === 'mapping' ? row : entry) !== undefined;
  const [node] = await nodesOf(context, args, title, isThere);
  const { list } = context.nodes;
  const uri = list?.mappingUri ?? list?.failedUri;
  if (node !== undefined && uri !== undefined && uri !== null) await show(context, uri, node.bmcIp, file);
}

async function show({ server }: NodeContext, uri: string, bmcIp: string, file: 'mapping' | 'failed'): Promise<void> {
  const { [file]: place } = await server.ask('buildstream/locateNode', { uri, bmcIp });
  if (place !== null) {
    await showPlace(place);
    return;
  }
  const message =
    file === 'mapping'
      ? vscode.l10n.t('No row of the mapping file has BMC_IP {0}.', bmcIp)
      : vscode.l10n.t('failed_nodes.json has no entry for {0}.', bmcIp);
  throw refused(message);
}

async function nodesOf(
  { nodes }: NodeContext,
  args: readonly unknown[],
  title: string,
  isOffered: (node: NodeInfo) => boolean,
): Promise<readonly NodeInfo[]> {
  const given = nodesFromMenu(args);
  if (given !== undefined) return given.filter(isOffered);
  const chosen = await pickNode((await currentNodes(nodes)).filter(isOffered), title);
  return chosen === undefined ? [] : [chosen];
}
