import { nextAction } from '@omnia-buildstream/gitlab/actions/nextAction';
import type { Bridge, Job } from '@omnia-buildstream/gitlab/model/job';
import { groupStatus, jobStatus } from '@omnia-buildstream/gitlab/status/statuses';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { typesOf } from '@omnia-buildstream/gitlab/tree/pipelineType';
import * as vscode from 'vscode';
import { durationText } from './durationText.ts';
import { nextText } from './nextText.ts';
import {
  contextOf,
  hasLog,
  jobOf,
  type JobElement,
  type PipelineElement,
  type RunElement,
  type StageElement,
} from './pipelineElements.ts';
import { statusIcon, statusWord } from './statusLook.ts';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** An element as VS Code draws and speaks it. */
export function toTreeItem(element: PipelineElement): vscode.TreeItem {
  const item = itemOf(element);
  item.id = element.id;
  item.contextValue = contextOf(element);
  return item;
}

function itemOf(element: PipelineElement): vscode.TreeItem {
  switch (element.kind) {
    case 'run':
      return runItem(element);
    case 'stage':
      return stageItem(element);
    case 'job':
      return jobItem(element);
    case 'more': {
      const item = new vscode.TreeItem(vscode.l10n.t('Load More'), None);
      item.iconPath = new vscode.ThemeIcon('fold-down');
      item.accessibilityInformation = { label: vscode.l10n.t('Load More') };
      item.command = { command: 'buildstream.loadMorePipelines', title: vscode.l10n.t('Load More') };
      return item;
    }
  }
}

function runItem({ pipeline, node, rootId }: RunElement): vscode.TreeItem {
  const { id, ref, status, durationSeconds, username } = pipeline;
  const info = groupStatus(node?.state ?? { status, hasWarnings: false });
  const types = node === undefined ? [] : [...typesOf(node)];
  const isChild = rootId !== id;
  const title = isChild ? vscode.l10n.t('Child Pipeline #{0}', id) : vscode.l10n.t('Pipeline #{0}', id);
  const item = new vscode.TreeItem(title, isChild ? Expanded : Collapsed);
  item.iconPath = statusIcon(info);
  const isKnown = durationSeconds !== undefined && durationSeconds > 0;
  const duration = isKnown ? durationText(durationSeconds) : undefined;
  const step = node === undefined || isChild ? undefined : nextText(nextAction(node));
  const hidden = node === undefined ? undefined : hiddenText(node);
  describe(item, [types.join(', '), statusWord(info), isChild ? undefined : ref, username, duration, hidden, step]);
  return item;
}

/** GitLab says the same for what is gone and for what the token may not see. */
function hiddenText({ hidden }: PipelineNode): string | undefined {
  if (hidden.length === 0) return undefined;
  return hidden.includes('pipeline')
    ? vscode.l10n.t('not shown to this token')
    : vscode.l10n.t('parts are not shown to this token');
}

function stageItem({ stage }: StageElement): vscode.TreeItem {
  const info = groupStatus(stage.state);
  const item = new vscode.TreeItem(stage.name, Expanded);
  item.iconPath = statusIcon(info);
  describe(item, [statusWord(info)]);
  return item;
}

function jobItem(element: JobElement): vscode.TreeItem {
  const { entry } = element;
  const job = jobOf(entry);
  const info = jobStatus(job);
  const hasChild = entry.kind === 'bridge' && entry.child !== undefined;
  const item = new vscode.TreeItem(job.name, hasChild ? Expanded : None);
  item.iconPath = statusIcon(info);
  const duration = job.durationSeconds === undefined ? undefined : durationText(job.durationSeconds);
  const tries = entry.earlier.length === 0 ? undefined : vscode.l10n.t('try {0}', entry.earlier.length + 1);
  describe(item, [statusWord(info), duration, tries, job.failureReason?.replaceAll('_', ' '), job.username]);
  if (hasLog(job)) item.command = { command: 'buildstream.showJobLog', title: logTitle(job), arguments: [element] };
  return item;
}

function logTitle({ status }: Job | Bridge): string {
  return status === 'failed' ? vscode.l10n.t('Show Error in Log') : vscode.l10n.t('Show Log');
}

function describe(item: vscode.TreeItem, parts: readonly (string | undefined)[]): void {
  const said = parts.filter((part) => part !== undefined && part !== '');
  const title = typeof item.label === 'string' ? item.label : '';
  item.description = said.join(' · ');
  item.accessibilityInformation = { label: [title, ...said].join(', ') };
  item.tooltip = [title, ...said].join('\n');
}
