import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import { refused, UserError } from '@omnia-buildstream/core/errors/userError';
import { compareEntries, type EntryChange } from '@omnia-buildstream/core/failedNodes/compare';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { shortNames } from '@omnia-buildstream/core/text/shortNames';
import type { TextFile } from '@omnia-buildstream/gitlab/api/editFile';
import type { Bridge } from '@omnia-buildstream/gitlab/model/job';
import type { Pipeline } from '@omnia-buildstream/gitlab/model/pipeline';
import { readMarkable, type Markable, type Marks } from '@omnia-buildstream/gitlab/omnia/markFailed';
import { prepareMark, type MarkEnd, type PreparedMark } from '@omnia-buildstream/gitlab/omnia/prepare/prepareMark';
import { failedNodesPath } from '@omnia-buildstream/gitlab/omnia/projectFiles';
import { retryRemarks } from '@omnia-buildstream/gitlab/omnia/remarks';
import { judgeNewChild } from '@omnia-buildstream/gitlab/omnia/retryWays';
import * as vscode from 'vscode';
import { askAction, type Agreed } from './askAction.ts';
import { knownProject, openProject, type ActionContext } from './actionContext.ts';
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
import { sendAct } from './sendAct.ts';
import { tellOutcome } from './tellOutcome.ts';
import { say } from '../../platform/say.ts';
import { window } from '../../platform/window.ts';

export interface MarkContext extends ActionContext {
  readonly documents: ServerDocuments;
}

/** What the command was called for. */
export interface MarkWish {
  readonly rootId: number | undefined;
  /** Preselected in the quick pick. */
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
  /** The version that the user sees; only this version is overwritten. */
  readonly list: Usable;
  readonly picked: ReadonlySet<string>;
}

/** After a conflict, shows what changed and asks everything again. */
async function mark(context: MarkContext, open: OpenProject, { run, list, picked }: Marking): Promise<void> {
  const { base, failed } = list;
  const chosen = failed.length === 0 ? [] : await chooseFailed(failed, picked);
  if (chosen === undefined) return;
  const asked = await agreeOnRetry(context, open, run, { base, nodes: chosen });
  if (asked === undefined) return;
  const act = {
    act: 'mark-and-retry',
    subject: `${failedNodesPath}, pipeline #${String(childOf(run))}`,
    touches: true,
    marked: chosen,
    own: run.tree.pipeline.id,
  } as const;
  const end = await sendAct(context, open, asked.prepared, act, asked.agreed);
  if (end.kind !== 'conflict') return tell(context, open, { run: asked.run, end });
  const theirs = usable(end.theirs);
  if (!(await showConflict(context, base, theirs.base))) return;
  return mark(context, open, { run, list: theirs, picked: new Set(chosen.map(({ bmcIp }) => bmcIp)) });
}

interface AgreedRetry {
  /** Includes the way in which it is retried. */
  readonly run: FailedRun;
  readonly prepared: PreparedMark;
  readonly agreed: Agreed;
}

/**
 * Offers both ways of retrying, the one that the Omnia version prefers first. A new child gets its own question, with
 * what it touches.
 */
async function agreeOnRetry(
  context: MarkContext,
  open: OpenProject,
  run: FailedRun,
  marks: Marks,
): Promise<AgreedRetry | undefined> {
  const prepared = await prepareMark(await knownProject(context, open), marks, run);
  refuseObstacles(prepared);
  const { facts, remarks } = await retryRemarks(omniaProject(open), run.tree, childOf(run));
  const { touches } = prepared;
  const lead = [...markedBy(marks.nodes), jobsOf(run)];
  const about = phraseLines(remarks);
  const button = markButton(marks.nodes.length, touches);
  const anew = vscode.l10n.t('Create New Child Pipeline…');
  const judgement = judgeNewChild(run.tree, childOf(run));
  const others = facts !== undefined && judgement.allowed ? [anew] : [];
  const ways = facts?.wanted === 'new-child' ? [...others, button] : [button, ...others];
  const question = retryQuestion(vscode.l10n.t('Retry child pipeline #{0}?', childOf(run)), touches);
  const agreed = await askAction(context, open, {
    question,
    tree: run.tree,
    touches,
    lead,
    about,
    ways,
    commits: true,
  });
  if (agreed?.answer === button) return { run, prepared, agreed };
  return agreed?.answer === anew && judgement.allowed
    ? agreeOnNewChild(context, open, { ...run, anew: judgement.bridge }, marks)
    : undefined;
}

async function agreeOnNewChild(
  context: MarkContext,
  open: OpenProject,
  run: FailedRun & { readonly anew: Bridge },
  marks: Marks,
): Promise<AgreedRetry | undefined> {
  const prepared = await prepareMark(await knownProject(context, open), marks, run);
  refuseObstacles(prepared);
  const { touches } = prepared;
  const makes = vscode.l10n.t(
    '{0} runs again and creates a new child pipeline in place of #{1}.',
    run.anew.name,
    childOf(run),
  );
  const count = marks.nodes.length;
  const button =
    count === 0 ? vscode.l10n.t('Create New Child Pipeline') : vscode.l10n.t('Mark {0}, Create New Child', count);
  const question = vscode.l10n.t('Create a new child pipeline in place of #{0}?', childOf(run));
  const asked = { question, tree: run.tree, touches, lead: [...markedBy(marks.nodes), makes], ways: [button] };
  const agreed = await askAction(context, open, { ...asked, commits: true });
  return agreed && { run, prepared, agreed };
}

/** Reports the outcome of the marks first, then that of the retry. */
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
  const { anew } = run;
  const done = (): string =>
    anew === undefined
      ? vscode.l10n.t('Pipeline #{0} was retried.', childOf(run))
      : vscode.l10n.t('{0} creates a new child pipeline.', anew.name);
  if (retry.kind !== 'none') tellOutcome<Pipeline | Bridge>(retry, done);
  if (retry.kind === 'done' || retry.kind === 'found') await guide(context, open, run.tree.pipeline.id);
  else await context.model.refresh();
}

function childOf({ node }: FailedRun): number {
  return node.pipeline.id;
}

function markedBy(chosen: Marks['nodes']): Paragraph[] {
  if (chosen.length === 0) return [];
  const title = vscode.l10n.t(
    'The following nodes are marked as booted in {0} (the commit does not start a pipeline):',
    failedNodesPath,
  );
  return [`${title} ${wordsOf(shortNames(chosen.map((node) => `${nameOf(node)} (${node.bmcIp})`)), say)}`];
}

function jobsOf({ jobs }: FailedRun): Paragraph {
  const names = jobs.map(({ name }) => name).join(', ');
  return vscode.l10n.t(
    'Jobs to rerun: {0}. Skipped jobs after them will run; successful jobs are not repeated.',
    names,
  );
}

/** @returns whether the user wants to select again */
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

/** @throws UserError if nothing can be marked */
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

function nameOf({ hostname, bmcIp }: Marks['nodes'][number]): string {
  return hostname === '' ? bmcIp : hostname;
}
