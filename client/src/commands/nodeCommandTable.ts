import * as vscode from 'vscode';
import { markAllSuccessful, markCommand } from '../failedNodes/markCommands.ts';
import { restoreDeletedEntry } from '../failedNodes/restoreDeletedEntry.ts';
import { copyBmcAddress, openBmc, showInFailedNodes, showInMapping } from '../nodes/nodeCommands.ts';
import type { NodesView } from '../nodes/nodesView.ts';
import { removeNodes } from '../nodes/removeNodes.ts';
import { writeInventory } from '../nodes/writeInventory.ts';
import { compareNodes, type CompareContext } from '../plan/compareNodes.ts';
import { showPlan } from '../plan/showPlan.ts';
import type { CommandHandler } from '../platform/commands.ts';
import type { CommandContext } from './commandContext.ts';
import { window } from '../platform/window.ts';

/** The commands for failed_nodes.json, the plan, and the Nodes view, by name. */
export function nodeCommandTable(
  parts: CommandContext & CompareContext,
): Readonly<Record<`buildstream.${string}`, CommandHandler>> {
  const { nodes, view } = parts;
  return {
    'buildstream.markSuccessful': (...args) => markCommand(parts, 'success', args),
    'buildstream.markFailed': (...args) => markCommand(parts, 'failed', args),
    'buildstream.markAllSuccessful': (uri) => markAllSuccessful(parts, uri),
    'buildstream.restoreDeletedEntry': () => restoreDeletedEntry(nodes),
    'buildstream.showInMapping': (...args) => showInMapping(parts, args),
    'buildstream.showInFailedNodes': (...args) => showInFailedNodes(parts, args),
    'buildstream.copyBmcAddress': (...args) => copyBmcAddress(parts, args),
    'buildstream.removeNodes': (...args) => removeNodes(parts, args),
    'buildstream.writeInventory': (...args) => writeInventory(parts, args),
    'buildstream.openBmc': (...args) => openBmc(parts, args),
    'buildstream.showPlan': (uri) => showPlan(parts, uri),
    'buildstream.compareNodes': () => compareNodes(parts),
    'buildstream.groupNodesByGroup': () => view.groupBy('group'),
    'buildstream.groupNodesByState': () => view.groupBy('state'),
    'buildstream.filterNodes': (text) => filterNodes(view, text),
    'buildstream.refreshNodes': () => nodes.refresh(),
    'buildstream.clearNodeFilter': () => view.filter(''),
  };
}

async function filterNodes(view: NodesView, given: unknown): Promise<void> {
  const text =
    typeof given === 'string'
      ? given
      : await window.showInputBox({
          title: vscode.l10n.t('Filter Nodes'),
          prompt: vscode.l10n.t('Type words to match (hostname, role, group, address, state, or message)'),
          value: view.tree.filter,
        });
  if (text === undefined) return;
  await view.filter(text);
  await vscode.commands.executeCommand('buildstream.nodes.focus');
}
