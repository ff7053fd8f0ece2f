import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import { refused, UserError } from '@omnia-buildstream/core/errors/userError';
import { compareEntries, type EntryChange } from '@omnia-buildstream/core/failedNodes/compare';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import type { FailedNode } from '@omnia-buildstream/core/failedNodes/types';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import type { TextFile } from '@omnia-buildstream/gitlab/api/editFile';
import { readMarkable, type Markable } from '@omnia-buildstream/gitlab/omnia/markFailed';
import { prepareMark, type MarkEnd } from '@omnia-buildstream/gitlab/omnia/prepare/prepareMark';
import { failedNodesPath } from '@omnia-buildstream/gitlab/omnia/projectFiles';
import { retryRemarks } from '@omnia-buildstream/gitlab/omnia/remarks';
import * as vscode from 'vscode';
import { askAction } from './askAction.ts';
import { knownProject, openProject, writeCalls, type ActionContext } from './actionContext.ts';
import { chooseFailed } from './chooseFailed.ts';
import { guide } from './deployGuide.ts';
import { markButton, retryQuestion } from './effectWords.ts';
import { findFailedRun, type FailedRun } from './failedRun.ts';
import { shortList } from '../../platform/shortList.ts';
import { omniaProject } from '../project/omniaProject.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { showDiff, type ServerDocuments } from '../files/serverDocuments.ts';
import { tellCommit } from '../files/tellCommit.ts';
import { retryRefusal } from './retryCommands.ts';
import { phraseLines } from './remarkLines.ts';
import { tellOutcome } from './tellOutcome.ts';
import { window } from '../../platform/window.ts';

export interface MarkContext extends ActionContext {
  readonly documents: ServerDocuments;
}

/** What the command was called for. */
export interface MarkWish {
  readonly rootId: number | undefined;
  /** Offered as chosen. */
  readonly bmcIps: readonly string[];
}

/** Marks nodes that were booted by hand in failed_nodes.json on the server, then retries the failed child pipeline. */
export async function markAndRetry(context: MarkContext, { rootId, bmcIps }: MarkWish): Promise<void> {
  const open = await openProject(context);
  const run = await findFailedRun(open, rootId);
  const list = usable(await readMarkable(omniaProject(open)));
  await mark(context, open, { run, list, picked: new Set(bmcIps) });
}

type Usable = Extract<Markable, { kind: 'usable' }>;

interface Marking {
  readonly run: FailedRun;
  /** What the user sees; only this version is written over. */
  readonly list: Usable;
  readonly picked: ReadonlySet<string>;
}

/** After a conflict what changed is shown, and everything is asked again. */
async function mark(context: MarkContext, open: OpenProject, { run, list, picked }: Marking): Promise<void> {
  const { base, failed } = list;
  const chosen = failed.length === 0 ? [] : await chooseFailed(failed, picked);
  if (chosen === undefined) return;
  const marks = { base, nodes: chosen };
  const prepared = await prepareMark(await knownProject(context, open), marks, run);
  refuseObstacles(prepared);
  const { remarks } = await retryRemarks(omniaProject(open), run.tree, childOf(run));
  const { touches } = prepared;
  const lead = [...phraseLines(remarks), ...markedBy(chosen, run)];
  const button = markButton(chosen.length, touches);
  const question = retryQuestion(vscode.l10n.t('Retry child pipeline #{0}?', childOf(run)), touches);
  const asked = { question, tree: run.tree, touches, lead, ways: [button] };
  if ((await askAction(context, open, asked)) !== button) return;
  const end = await prepared.run(writeCalls());
  if (end.kind !== 'conflict') return tell(context, open, { run, end });
  const theirs = usable(end.theirs);
  if (!(await showConflict(context, base, theirs.base))) return;
  return mark(context, open, { run, list: theirs, picked: new Set(chosen.map(({ bmcIp }) => bmcIp)) });
}

/** First what became of the marks, then what of the retry. */
async function tell(
  context: MarkContext,
  open: OpenProject,
  { run, end }: { readonly run: FailedRun; readonly end: Exclude<MarkEnd, { kind: 'conflict' }> },
): Promise<void> {
  const title = vscode.l10n.t('Pipeline #{0}', childOf(run));
  if (end.kind === 'refused') throw refused(retryRefusal(title, end.reason));
  const { commit, retry } = end;
  if (commit.kind !== 'unchanged') tellCommit(commit);
  if (retry.kind === 'failed') throw retry.error;
  if (retry.kind === 'refused') throw refused(retryRefusal(title, retry.reason));
  if (retry.kind !== 'none') tellOutcome(retry, () => vscode.l10n.t('Pipeline #{0} was retried.', childOf(run)));
  if (retry.kind === 'done' || retry.kind === 'found') await guide(context, open, run.tree.pipeline.id);
  else await context.model.refresh();
}

function childOf({ node }: FailedRun): number {
  return node.pipeline.id;
}

function markedBy(chosen: readonly FailedNode[], { jobs }: FailedRun): Paragraph[] {
  const list = (title: string, nodes: readonly FailedNode[]) =>
    nodes.length === 0 ? [] : [[title, ...shortList(nodes.map((node) => `${nameOf(node)} (${node.bmcIp})`))]];
  const names = jobs.map(({ name }) => name).join(', ');
  return [
    ...list(
      vscode.l10n.t(
        'The following nodes are marked as booted in {0} (the commit does not start a pipeline):',
        failedNodesPath,
      ),
      chosen,
    ),
    vscode.l10n.t('Jobs to rerun: {0}. Skipped jobs after them will run; successful jobs are not repeated.', names),
  ];
}

/** @returns whether the user wants to choose again */
async function showConflict({ documents }: MarkContext, base: TextFile, theirs: TextFile): Promise<boolean> {
  const before = documents.uriOf(failedNodesPath, base.text);
  const after = documents.uriOf(failedNodesPath, theirs.text);
  await showDiff(before, after, vscode.l10n.t('{0}: what somebody else changed', failedNodesPath));
  const changes = compareEntries(readFailedNodesDocument(base.text), readFailedNodesDocument(theirs.text));
  const again = vscode.l10n.t('Select Again');
  const question = vscode.l10n.t('failed_nodes.json was changed on the server. Nothing was written.');
  return (await window.ask(question, [shortList(changes.map(changeText))], again)) === again;
}

export function changeText({ hostname, bmcIp, before, after }: EntryChange): string {
  const none = vscode.l10n.t('no entry');
  return `${hostname} (${bmcIp}): ${before ?? none} → ${after ?? none}`;
}

/** @throws UserError when there is nothing that could be marked */
function usable(list: Markable): Usable {
  switch (list.kind) {
    case 'missing':
      throw refused(vscode.l10n.t('There is no {0} on the server: no run has failed.', failedNodesPath));
    case 'broken':
      throw new UserError({ kind: 'failed-nodes', file: failedNodesPath, problems: list.problems });
    case 'usable':
      return list;
  }
}

function nameOf({ hostname, bmcIp }: FailedNode): string {
  return hostname === '' ? bmcIp : hostname;
}
