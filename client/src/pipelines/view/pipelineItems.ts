import { nextAction } from '@omnia-buildstream/gitlab/actions/nextAction';
import type { Bridge, Job } from '@omnia-buildstream/gitlab/model/job';
import { groupStatus, jobStatus } from '@omnia-buildstream/gitlab/status/statuses';
import { findDeployRun, imageGroupOf } from '@omnia-buildstream/gitlab/tree/deployRun';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { typesOf } from '@omnia-buildstream/gitlab/tree/pipelineType';
import * as vscode from 'vscode';
import { ageText } from '../../platform/ageText.ts';
import { clock } from '../../platform/clock.ts';
import { durationText } from './durationText.ts';
import { nextText } from './nextText.ts';
import {
  contextOf,
  hasLog,
  jobOf,
  type FoldedElement,
  type JobElement,
  type PipelineElement,
  type RunElement,
} from './pipelineElements.ts';
import type { FailedCount } from '../pipelineSummary.ts';
import { statusIcon, statusWord } from './statusLook.ts';

const { Collapsed, None } = vscode.TreeItemCollapsibleState;

/** An element as VS Code draws it and a screen reader speaks it. */
export function toTreeItem(element: PipelineElement, failed?: FailedCount): vscode.TreeItem {
  const item = itemOf(element, failed);
  item.id = element.id;
  item.contextValue = contextOf(element);
  return item;
}

function itemOf(element: PipelineElement, failed: FailedCount | undefined): vscode.TreeItem {
  switch (element.kind) {
    case 'run':
      return runItem(element, failed);
    case 'folded':
      return foldedItem(element);
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

function runItem({ pipeline, node }: RunElement, failed: FailedCount | undefined): vscode.TreeItem {
  const { id, ref, status, durationSeconds, username, updatedMs } = pipeline;
  const info = groupStatus(node?.state ?? { status, hasWarnings: false });
  const types = node === undefined ? [] : [...typesOf(node)];
  const item = new vscode.TreeItem([`#${String(id)}`, types.join(', ')].filter(Boolean).join(' '), Collapsed);
  item.iconPath = statusIcon(info);
  const isKnown = durationSeconds !== undefined && durationSeconds > 0;
  const duration = isKnown ? durationText(durationSeconds) : undefined;
  const image = node && findDeployRun(node)?.images.find((job) => job.status === 'success');
  const outcome = failed === undefined ? statusWord(info) : failedText(failed);
  const age = updatedMs === undefined ? undefined : ageText(clock.now() - updatedMs);
  const step = node === undefined ? undefined : nextText(nextAction(node));
  const hidden = node === undefined ? undefined : hiddenText(node);
  const seen = [image && imageGroupOf(image), outcome, age, hidden, step];
  describe(item, seen, [ref, username, duration]);
  return item;
}

function failedText({ failed, tried }: FailedCount): string {
  return tried === undefined ? vscode.l10n.t('{0} failed', failed) : vscode.l10n.t('{0} of {1} failed', failed, tried);
}

function foldedItem({ entries }: FoldedElement): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Other Images'), Collapsed);
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  describe(item, [String(entries.length)]);
  return item;
}

/** GitLab gives the same answer for what is gone and for what the token may not see. */
function hiddenText({ hidden }: PipelineNode): string | undefined {
  if (hidden.length === 0) return undefined;
  return hidden.includes('pipeline')
    ? vscode.l10n.t('not shown to this token')
    : vscode.l10n.t('parts are not shown to this token');
}

function jobItem(element: JobElement): vscode.TreeItem {
  const { entry } = element;
  const job = jobOf(entry);
  const info = jobStatus(job);
  const item = new vscode.TreeItem(job.name, None);
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

/** @param further parts that only the tooltip shows */
function describe(
  item: vscode.TreeItem,
  parts: readonly (string | undefined)[],
  further: readonly (string | undefined)[] = [],
): void {
  const isSaid = (part: string | undefined): part is string => part !== undefined && part !== '';
  const said = parts.filter(isSaid);
  const title = typeof item.label === 'string' ? item.label : '';
  item.description = said.join(' · ');
  item.accessibilityInformation = { label: [title, ...said].join(', ') };
  item.tooltip = [...new Set([title, ...said, ...further.filter(isSaid)])].join('\n');
}
