import * as vscode from 'vscode';
import type { TokenStore } from '../auth/tokenStore.ts';
import type { CommandHandler } from '../platform/commands.ts';
import { window } from '../platform/window.ts';

/** One of several ways to do what the user wants. */
interface Choice {
  readonly label: string;
  readonly detail: string;
  readonly command: `buildstream.${string}`;
}

interface Parts {
  readonly accounts: Pick<TokenStore, 'all'>;
}

/**
 * Commands of the palette that ask which way; each way also has its own command in the menus of what it acts on. So the
 * palette has one line for each thing that a user wants to do.
 */
export function mergedCommands({ accounts }: Parts): Readonly<Record<`buildstream.${string}`, CommandHandler>> {
  return {
    'buildstream.groupNodes': () => choose(vscode.l10n.t('Group Nodes'), groupings()),
    'buildstream.markNodes': () => choose(vscode.l10n.t('Mark Nodes'), marks()),
    'buildstream.commitFiles': () => choose(vscode.l10n.t('Commit Files to GitLab'), commits()),
    'buildstream.retry': async () => {
      const isSignedIn = (await accounts.all()).length > 0;
      await choose(vscode.l10n.t('Retry'), isSignedIn ? [...retriesInGitLab(), retryHere()] : [retryHere()]);
    },
  };
}

/** Does not ask if there is only one way. */
async function choose(title: string, choices: readonly Choice[]): Promise<void> {
  const [only, ...others] = choices;
  const chosen = others.length === 0 ? only : await window.showQuickPick(choices, { title, matchOnDetail: true });
  if (chosen !== undefined) await vscode.commands.executeCommand(chosen.command);
}

function groupings(): Choice[] {
  return [
    {
      label: vscode.l10n.t('By State'),
      detail: vscode.l10n.t('Nodes that need attention first: failed, in progress, new, then booted'),
      command: 'buildstream.groupNodesByState',
    },
    {
      label: vscode.l10n.t('By Group'),
      detail: vscode.l10n.t('Nodes of the same functional group together'),
      command: 'buildstream.groupNodesByGroup',
    },
  ];
}

function marks(): Choice[] {
  return [
    {
      label: vscode.l10n.t('Mark Nodes as Booted…'),
      detail: vscode.l10n.t('Select failed nodes that you booted by hand; the next retry leaves them alone'),
      command: 'buildstream.markSuccessful',
    },
    {
      label: vscode.l10n.t('Mark All Failed Nodes as Booted'),
      detail: vscode.l10n.t('Every node of failed_nodes.json'),
      command: 'buildstream.markAllSuccessful',
    },
    {
      label: vscode.l10n.t('Mark Nodes as Failed Again…'),
      detail: vscode.l10n.t('Remove marks; the next retry restarts these nodes'),
      command: 'buildstream.markFailed',
    },
    {
      label: vscode.l10n.t('Restore Deleted Entry'),
      detail: vscode.l10n.t('An entry that was in failed_nodes.json at the last commit'),
      command: 'buildstream.restoreDeletedEntry',
    },
  ];
}

function commits(): Choice[] {
  return [
    {
      label: vscode.l10n.t('Mapping File…'),
      detail: vscode.l10n.t('With a preview of the nodes that the commit affects'),
      command: 'buildstream.commitMappingFile',
    },
    {
      label: vscode.l10n.t('failed_nodes.json…'),
      detail: vscode.l10n.t('The marks that you made; the commit starts no pipeline'),
      command: 'buildstream.commitFailedNodes',
    },
    {
      label: vscode.l10n.t('Input Files…'),
      detail: vscode.l10n.t('Every input file of this workspace that differs from the one on the server'),
      command: 'buildstream.commitInputFiles',
    },
  ];
}

function retriesInGitLab(): Choice[] {
  return [
    {
      label: vscode.l10n.t('Mark Booted and Retry…'),
      detail: vscode.l10n.t('In GitLab: mark the nodes that you booted by hand, retry the others'),
      command: 'buildstream.markAndRetry',
    },
    {
      label: vscode.l10n.t('Downstream Pipeline…'),
      detail: vscode.l10n.t('In GitLab: the failed jobs of a child pipeline and what was skipped after them'),
      command: 'buildstream.retryPipeline',
    },
    {
      label: vscode.l10n.t('Job…'),
      detail: vscode.l10n.t('In GitLab: a single job'),
      command: 'buildstream.retryJob',
    },
  ];
}

function retryHere(): Choice {
  return {
    label: vscode.l10n.t('Failed Nodes…'),
    detail: vscode.l10n.t('With the stages that run from here or on the management server'),
    command: 'buildstream.retryFailed',
  };
}
