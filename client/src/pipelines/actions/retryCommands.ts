import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import { refused } from '@omnia-buildstream/core/errors/userError';
import { judgeRetryJob, judgeRetryPipeline, type RetryRefusal } from '@omnia-buildstream/gitlab/actions/judgeRetry';
import { retryRemarks } from '@omnia-buildstream/gitlab/omnia/remarks';
import { judgeNewChild } from '@omnia-buildstream/gitlab/omnia/retryWays';
import { prepareNewChild, prepareRetry, prepareRetryOfJob } from '@omnia-buildstream/gitlab/omnia/prepared';
import type { Moved } from '@omnia-buildstream/gitlab/omnia/writes';
import { comesInTheWay } from '@omnia-buildstream/gitlab/omnia/touches';
import { stageNames } from '@omnia-buildstream/gitlab/tree/deployRun';
import { allPipelines, jobsOf } from '@omnia-buildstream/gitlab/tree/nodes';
import * as vscode from 'vscode';
import { askAction } from './askAction.ts';
import { currentTree, knownProject, openProject, type ActionContext } from './actionContext.ts';
import { retryButton, retryQuestion } from './effectWords.ts';
import { jobOf, type JobElement, type RunElement } from '../view/pipelineElements.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { phraseLines } from './remarkLines.ts';
import { sendAct } from './sendAct.ts';
import { tellOutcome } from './tellOutcome.ts';

/** Runs one job again, after the user has seen what it touches. Never a trigger job. */
export async function retryJobCommand(context: ActionContext, { rootId, entry }: JobElement): Promise<void> {
  const open = await openProject(context);
  const tree = await currentTree(open, rootId);
  const shown = jobOf(entry);
  const job = allPipelines(tree)
    .flatMap(jobsOf)
    .find(({ name, pipelineId }) => name === shown.name && pipelineId === shown.pipelineId);
  const judgement = judgeRetryJob(job ?? shown);
  if (!judgement.allowed || job === undefined) {
    throw refused(retryRefusal(shown.name, judgement.allowed ? 'nothing-failed' : judgement.reason));
  }
  const project = await knownProject(context, open);
  const prepared = await prepareRetryOfJob(project, tree, job);
  refuseObstacles(prepared);
  const { touches } = prepared;
  const ways = touches.kind === 'restarts' ? await retryRemarks(project, tree, job.pipelineId ?? 0) : undefined;
  const lead = [vscode.l10n.t('Runs {0} again as a new job.', job.name)];
  const about = phraseLines(ways?.remarks ?? []);
  const question = retryQuestion(vscode.l10n.t('Retry {0}?', job.name), touches);
  const way = retryButton(touches);
  const agreed = await askAction(context, open, { question, tree, touches, lead, about, ways: [way] });
  if (agreed === undefined) return;
  const act = {
    act: 'retry-job',
    subject: `${job.name} #${String(job.id)} in pipeline #${String(tree.pipeline.id)}`,
    touches: comesInTheWay(touches),
    own: tree.pipeline.id,
  } as const;
  const outcome = await sendAct(context, open, prepared, act, agreed);
  if (outcome.kind === 'refused') throw refused(retryRefusal(job.name, outcome.reason));
  tellOutcome(outcome, ({ name, id }) => vscode.l10n.t('{0} runs again as job #{1}.', name, id));
  await context.model.refresh();
}

/**
 * Reruns the failed jobs of a pipeline; on a child this is GitLab's "Retry downstream pipeline". A child that deploys
 * can be created anew instead; the way that the Omnia version prefers comes first.
 * @returns whether it was sent
 */
export async function retryPipelineCommand(context: ActionContext, element: RunElement): Promise<boolean> {
  const open = await openProject(context);
  const tree = await currentTree(open, element.rootId);
  const { id } = element.pipeline;
  const node = allPipelines(tree).find(({ pipeline }) => pipeline.id === id) ?? tree;
  const title = vscode.l10n.t('Pipeline #{0}', id);
  const judgement = judgeRetryPipeline(node);
  if (!judgement.allowed) throw refused(retryRefusal(title, judgement.reason));
  const names = judgement.jobs.map(({ name }) => name).join(', ');
  const project = await knownProject(context, open);
  const prepared = await prepareRetry(project, tree, { node, jobs: judgement.jobs });
  refuseObstacles(prepared);
  const { touches } = prepared;
  const { facts, remarks } = await retryRemarks(project, tree, id);
  const about = phraseLines(remarks);
  const lead = [
    vscode.l10n.t('Jobs to rerun: {0}. Skipped jobs after them will run; successful jobs are not repeated.', names),
  ];
  const which =
    node.depth === 0 ? vscode.l10n.t('Retry pipeline #{0}?', id) : vscode.l10n.t('Retry child pipeline #{0}?', id);
  const question = retryQuestion(which, touches);
  const retry = retryButton(touches);
  const anew = vscode.l10n.t('Create New Child Pipeline…');
  const ways = facts === undefined ? [retry] : facts.wanted === 'jobs' ? [retry, anew] : [anew, retry];
  const agreed = await askAction(context, open, { question, tree, touches, lead, about, ways });
  if (agreed === undefined) return false;
  if (agreed.answer === anew) return makeNewChild(context, open, { rootId: element.rootId, childId: id });
  const act = {
    act: 'retry',
    subject: `${names} in pipeline #${String(id)}`,
    touches: comesInTheWay(touches),
    own: tree.pipeline.id,
  } as const;
  const outcome = await sendAct(context, open, prepared, act, agreed);
  if (outcome.kind === 'refused') throw refused(retryRefusal(title, outcome.reason));
  tellOutcome(outcome, () => vscode.l10n.t('Pipeline #{0} was retried.', id));
  await context.model.refresh();
  return true;
}

/** Creates a child anew from its parent, after the user has seen what that touches. @returns whether it was sent */
async function makeNewChild(
  context: ActionContext,
  open: OpenProject,
  { rootId, childId }: { readonly rootId: number; readonly childId: number },
): Promise<boolean> {
  const project = await knownProject(context, open);
  const tree = await currentTree(open, rootId);
  const title = vscode.l10n.t('Pipeline #{0}', childId);
  const judgement = judgeNewChild(tree, childId);
  if (!judgement.allowed) throw refused(retryRefusal(title, judgement.reason));
  const { bridge } = judgement;
  const prepared = await prepareNewChild(project, tree, { childId, bridge });
  refuseObstacles(prepared);
  const { touches } = prepared;
  const lead = [
    vscode.l10n.t('{0} runs again and creates a new child pipeline in place of #{1}.', bridge.name, childId),
  ];
  const question = vscode.l10n.t('Create a new child pipeline in place of #{0}?', childId);
  const button = vscode.l10n.t('Create New Child Pipeline');
  const agreed = await askAction(context, open, { question, tree, touches, lead, ways: [button] });
  if (agreed === undefined) return false;
  const act = {
    act: 'new-child',
    subject: `${bridge.name} in pipeline #${String(rootId)}`,
    touches: comesInTheWay(touches),
    own: tree.pipeline.id,
  } as const;
  const outcome = await sendAct(context, open, prepared, act, agreed);
  if (outcome.kind === 'refused') throw refused(retryRefusal(title, outcome.reason));
  tellOutcome(outcome, ({ name }) => vscode.l10n.t('{0} creates a new child pipeline.', name));
  await context.model.refresh();
  return true;
}

export function doesRestart(jobs: readonly { readonly stage: string }[]): boolean {
  return jobs.some(({ stage }) => stage === stageNames.restart);
}

export function retryRefusal(name: string, reason: RetryRefusal | Moved): string {
  switch (reason) {
    case 'still-active':
      return vscode.l10n.t('{0} was not retried: it is still running.', name);
    case 'nothing-failed':
      return vscode.l10n.t('{0} was not retried: nothing in it failed.', name);
    case 'plan-changed':
      return vscode.l10n.t('{0} was not retried: its effect has changed since it was shown. Review it again.', name);
    case 'is-bridge':
      return vscode.l10n.t(
        '{0} was not retried: that would create a new child pipeline, in which you would have to select an image again. Retry the child pipeline instead.',
        name,
      );
  }
}
