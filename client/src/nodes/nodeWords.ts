import type { NodeState } from '@omnia-buildstream/core/nodes/nodeState';
import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import type { NodeMark } from '../pages/fleetMap/marks.ts';
import type { BranchName } from './nodeTree.ts';

/** A state in a word or two. */
export function stateWord(state: NodeState): string {
  switch (state) {
    case 'failed':
      return vscode.l10n.t('failed');
    case 'marked':
      return vscode.l10n.t('marked successful');
    case 'not-in-mapping':
      return vscode.l10n.t('not in the mapping file');
    case 'new':
      return vscode.l10n.t('new');
    case 'not-booted':
      return vscode.l10n.t('not booted yet');
    case 'booted':
      return vscode.l10n.t('booted');
    case 'ok':
      return vscode.l10n.t('no failure reported');
    case 'unknown':
      return vscode.l10n.t('unknown');
  }
}

/** The note on a node whose row is commented out with `#`. Empty for other nodes. */
export function commentWord({ isCommented, state }: Pick<NodeInfo, 'isCommented' | 'state'>): string {
  if (isCommented !== true) return '';
  const isLeftAlone = state === 'booted' || state === 'ok' || state === 'marked';
  return isLeftAlone ? vscode.l10n.t('commented out') : vscode.l10n.t('commented out, restarts anyway');
}

/** A state, or a phase of a run, as the title of its nodes. */
export function markTitle(mark: NodeMark): string {
  switch (mark) {
    case 'waiting':
      return vscode.l10n.t('Queued');
    case 'running':
      return vscode.l10n.t('In Progress');
    case 'left':
      return vscode.l10n.t('Not Tried');
    case 'failed':
      return vscode.l10n.t('Failed');
    case 'marked':
      return vscode.l10n.t('Marked Successful');
    case 'not-in-mapping':
      return vscode.l10n.t('Not in the Mapping File');
    case 'new':
      return vscode.l10n.t('New');
    case 'not-booted':
      return vscode.l10n.t('Not Booted Yet');
    case 'booted':
      return vscode.l10n.t('Booted');
    case 'ok':
      return vscode.l10n.t('No Failure Reported');
    case 'unknown':
      return vscode.l10n.t('Unknown');
  }
}

export function branchTitle(name: BranchName): string {
  switch (name.by) {
    case 'state':
      return markTitle(name.state);
    case 'cause':
      return name.cause === '' ? vscode.l10n.t('Failed') : vscode.l10n.t('Failed: {0}', name.cause);
    case 'progress':
      return vscode.l10n.t('In Progress');
    case 'group':
      return name.group === '' ? vscode.l10n.t('Without Group') : name.group;
  }
}

export function nodeCount(count: number): string {
  return count === 1 ? vscode.l10n.t('1 node') : vscode.l10n.t('{0} nodes', count);
}

export function failedCount(count: number): string {
  return vscode.l10n.t('{0} failed', count);
}
