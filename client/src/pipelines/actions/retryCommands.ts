import { judgeRetryJob, judgeRetryPipeline, type RetryRefusal } from '@omnia-buildstream/gitlab/actions/judgeRetry';
import { retryJob, retryPipeline } from '@omnia-buildstream/gitlab/api/writes';
import { stageNames } from '@omnia-buildstream/gitlab/tree/deployRun';
import { allPipelines, jobsOf } from '@omnia-buildstream/gitlab/tree/nodes';
import * as vscode from 'vscode';
import { confirm, currentTree, openProject, writeCalls, type ActionContext } from './actionContext.ts';
import { jobOf, type JobElement, type RunElement } from '../view/pipelineElements.ts';
import { Refusal } from '../../platform/refusal.ts';
import { tellOutcome } from './tellOutcome.ts';
import { warningLines } from './warningLines.ts';

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
    throw new Refusal(retryRefusal(shown.name, judgement.allowed ? 'nothing-failed' : judgement.reason));
  }
  const touches = [
    vscode.l10n.t('It runs {0} again as a new job.', job.name),
    ...restartLines([job]),
    ...(await warningLines(open, context.model, tree, { withFailedNodes: doesRestart([job]) })),
  ];
  const button = vscode.l10n.t('Retry');
  if (!(await confirm(vscode.l10n.t('Retry {0}?', job.name), { touches, button, open }))) return;
  const outcome = await retryJob(open.client, { projectId: open.project.id, job }, writeCalls());
  tellOutcome(outcome, ({ name, id }) => vscode.l10n.t('{0} runs again as job #{1}.', name, id));
  await context.model.refresh();
}

/** Runs what failed in a pipeline again: on a child this is GitLab's "Retry downstream pipeline". */
export async function retryPipelineCommand(context: ActionContext, element: RunElement): Promise<void> {
  const open = await openProject(context);
  const tree = await currentTree(open, element.rootId);
  const { id } = element.pipeline;
  const node = allPipelines(tree).find(({ pipeline }) => pipeline.id === id) ?? tree;
  const title = vscode.l10n.t('Pipeline #{0}', id);
  const judgement = judgeRetryPipeline(node);
  if (!judgement.allowed) throw new Refusal(retryRefusal(title, judgement.reason));
  const names = judgement.jobs.map(({ name }) => name).join(', ');
  const touches = [
    vscode.l10n.t('These run again: {0}. What was skipped after them follows; what succeeded is not repeated.', names),
    ...restartLines(judgement.jobs),
    ...(await warningLines(open, context.model, tree, { withFailedNodes: doesRestart(judgement.jobs) })),
  ];
  const question =
    node.depth === 0 ? vscode.l10n.t('Retry pipeline #{0}?', id) : vscode.l10n.t('Retry child pipeline #{0}?', id);
  if (!(await confirm(question, { touches, button: vscode.l10n.t('Retry'), open }))) return;
  const outcome = await retryPipeline(open.client, { projectId: open.project.id, pipelineId: id }, writeCalls());
  tellOutcome(outcome, () => vscode.l10n.t('Pipeline #{0} was retried.', id));
  await context.model.refresh();
}

export function doesRestart(jobs: readonly { readonly stage: string }[]): boolean {
  return jobs.some(({ stage }) => stage === stageNames.restart);
}

function restartLines(jobs: readonly { readonly stage: string }[]): string[] {
  if (!doesRestart(jobs)) return [];
  return [
    vscode.l10n.t(
      'It restarts by PXE the nodes that failed_nodes.json on the server lists as failed, and nodes that never booted. Those marked as successful are left alone.',
    ),
  ];
}

export function retryRefusal(name: string, reason: RetryRefusal): string {
  switch (reason) {
    case 'still-active':
      return vscode.l10n.t('{0} is not retried: something in it still runs.', name);
    case 'nothing-failed':
      return vscode.l10n.t('{0} is not retried: nothing in it failed.', name);
    case 'is-bridge':
      return vscode.l10n.t(
        '{0} is not retried: that would make a new child pipeline, in which an image has to be chosen again. Retry the child pipeline instead.',
        name,
      );
  }
}
