import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import { refused } from '@omnia-buildstream/core/errors/userError';
import { compareEntries, type EntryChange } from '@omnia-buildstream/core/failedNodes/compare';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import type { FailedNode } from '@omnia-buildstream/core/failedNodes/types';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import type { TextFile } from '@omnia-buildstream/gitlab/api/editFile';
import { planOf } from '@omnia-buildstream/gitlab/omnia/actionPlan';
import { markableIn, markOnServer, withMarks, type Markable } from '@omnia-buildstream/gitlab/omnia/markFailed';
import { branchOf } from '@omnia-buildstream/gitlab/omnia/project';
import { failedNodesPath, serverFile } from '@omnia-buildstream/gitlab/omnia/projectFiles';
import { retryRemarks } from '@omnia-buildstream/gitlab/omnia/remarks';
import { retryTouches, type Touches } from '@omnia-buildstream/gitlab/omnia/touches';
import { retryPipelineShown, retryRefusedNow } from '@omnia-buildstream/gitlab/omnia/writes';
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
  const base = usable(await serverFile(omniaProject(open), failedNodesPath, branchOf(open)));
  const shown = await mark(context, open, { run, base, picked: new Set(bmcIps) });
  if (shown !== undefined) await retry(context, open, shown);
}

/** The retry with the marks, as the user agreed to it. */
interface ShownRetry {
  readonly rootId: number;
  /** Number of the child. */
  readonly of: number;
  readonly touches: Touches;
}

interface Marking {
  readonly run: FailedRun;
  /** What the user sees; only this version is written over. */
  readonly base: TextFile;
  readonly picked: ReadonlySet<string>;
}

/** @returns the retry that may follow. After a conflict what changed is shown, and everything is asked again. */
async function mark(
  context: MarkContext,
  open: OpenProject,
  { run, base, picked }: Marking,
): Promise<ShownRetry | undefined> {
  const { failed } = usableList(base);
  const chosen = failed.length === 0 ? [] : await chooseFailed(failed, picked);
  if (chosen === undefined) return undefined;
  const marks = { base, nodes: chosen };
  const marked = withMarks(await knownProject(context, open), marks);
  const touches = await retryTouches(marked, run.tree, run.jobs);
  refuseObstacles(planOf(touches));
  const shown = { rootId: run.tree.pipeline.id, of: run.childId, touches };
  const lead = [...phraseLines((await retryRemarks(marked, run.tree, run.childId)).remarks), ...markedBy(chosen, run)];
  const button = markButton(chosen.length, touches);
  const question = retryQuestion(vscode.l10n.t('Retry child pipeline #{0}?', run.childId), touches);
  const asked = { question, tree: run.tree, touches, lead, ways: [button] };
  if ((await askAction(context, open, asked)) !== button) return undefined;
  const bmcIps = chosen.map(({ bmcIp }) => bmcIp);
  // Refused before anything is written: somebody may have retried it while the question was open.
  const reason = await retryRefusedNow(marked, shown);
  if (reason !== undefined) throw refused(retryRefusal(titleOf(shown), reason));
  const result = await markOnServer(omniaProject(open), marks, writeCalls());
  if (result.kind === 'unchanged') return shown;
  if (result.kind !== 'conflict') return tellCommit(result) ? shown : undefined;
  const theirs = usable(result.theirs.kind === 'read' ? result.theirs.value : undefined);
  if (!(await showConflict(context, base, theirs))) return undefined;
  return mark(context, open, { run, base: theirs, picked: new Set(bmcIps) });
}

/** Sent only when the plan after the commit is the one that was shown with the marks. */
async function retry(context: MarkContext, open: OpenProject, shown: ShownRetry): Promise<void> {
  const outcome = await retryPipelineShown(await knownProject(context, open), shown, writeCalls());
  if (outcome.kind === 'refused') throw refused(retryRefusal(titleOf(shown), outcome.reason));
  tellOutcome(outcome, () => vscode.l10n.t('Pipeline #{0} was retried.', shown.of));
  if (outcome.kind === 'done' || outcome.kind === 'found') await guide(context, open, shown.rootId);
  else await context.model.refresh();
}

function titleOf({ of }: ShownRetry): string {
  return vscode.l10n.t('Pipeline #{0}', of);
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

function usable(file: TextFile | undefined): TextFile {
  return usableList(file).base;
}

/** @throws UserError when there is nothing that could be marked */
function usableList(file: TextFile | undefined): Extract<Markable, { kind: 'usable' }> {
  const list = markableIn(file);
  switch (list.kind) {
    case 'missing':
      throw refused(vscode.l10n.t('There is no {0} on the server: no run has failed.', failedNodesPath));
    case 'broken':
      throw refused(
        vscode.l10n.t(
          '{0} on the server is broken; the restart stage fails on it. Repair and commit it first.',
          failedNodesPath,
        ),
      );
    case 'usable':
      return list;
  }
}

function nameOf({ hostname, bmcIp }: FailedNode): string {
  return hostname === '' ? bmcIp : hostname;
}
