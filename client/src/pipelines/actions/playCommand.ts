import { shownVariable, type Variable } from '@omnia-buildstream/gitlab/actions/jobVariables';
import { judgePlay, type PlayRefusal } from '@omnia-buildstream/gitlab/actions/judgePlay';
import { playJob } from '@omnia-buildstream/gitlab/api/writes';
import type { Bridge, Job } from '@omnia-buildstream/gitlab/model/job';
import { findDeployRun, imageGroupOf, stageNames } from '@omnia-buildstream/gitlab/tree/deployRun';
import { allPipelines, bridgesOf, jobsOf, type PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import * as vscode from 'vscode';
import { confirm, currentTree, openProject, writeCalls, type ActionContext } from './actionContext.ts';
import { jobOf, type JobElement } from '../view/pipelineElements.ts';
import { planLines } from './planLines.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { Refusal } from '../../platform/refusal.ts';
import { planAt } from '../serverPlan.ts';
import { tellOutcome } from './tellOutcome.ts';
import { warningLines } from './warningLines.ts';

/** Presses Play on a job, in the order that Omnia needs, after the user has seen what it touches. */
export async function playCommand(
  context: ActionContext,
  { rootId, entry }: JobElement,
  variables: readonly Variable[] = [],
): Promise<void> {
  const open = await openProject(context);
  await confirmAndPlay(context, open, { rootId, shown: jobOf(entry), variables });
}

export interface PlayTarget {
  readonly rootId: number;
  /** As it was shown; looked up again by its name. */
  readonly shown: Job | Bridge;
  readonly variables?: readonly Variable[];
}

/** @returns whether GitLab has it. @throws Refusal when it is out of order, GitLabError */
export async function confirmAndPlay(
  context: ActionContext,
  open: OpenProject,
  { rootId, shown, variables = [] }: PlayTarget,
): Promise<boolean> {
  const tree = await currentTree(open, rootId);
  const job = playable(tree, shown);
  const touches = [
    ...(await touchedBy(open, tree, job)),
    ...variables.map((variable) => vscode.l10n.t('Variable: {0}', shownVariable(variable))),
    ...(await warningLines(open, context.model, tree, { withFailedNodes: job.stage === stageNames.deploy })),
  ];
  const button = vscode.l10n.t('Play');
  if (!(await confirm(vscode.l10n.t('Play {0}?', job.name), { touches, button, open }))) return false;
  // Somebody may have played something while the question was open.
  playable(await currentTree(open, rootId), job);
  const values = Object.fromEntries(variables.map(({ key, value }) => [key, value]));
  const outcome = await playJob(open.client, { projectId: open.project.id, job, variables: values }, writeCalls());
  tellOutcome(outcome, ({ name }) => vscode.l10n.t('{0} was played.', name));
  await context.model.refresh();
  return outcome.kind === 'done' || outcome.kind === 'found';
}

/** By name: since the tree was drawn, a retry may have made a new job. @throws Refusal */
function playable(tree: PipelineNode, { name, pipelineId }: Job | Bridge): Job | Bridge {
  const job = allPipelines(tree)
    .filter(({ pipeline }) => pipelineId === undefined || pipeline.id === pipelineId)
    .flatMap((node) => [...jobsOf(node), ...bridgesOf(node).map(({ bridge }) => bridge)])
    .find((one) => one.name === name);
  const judgement =
    job === undefined ? { allowed: false as const, reason: 'unknown-job' as const } : judgePlay(tree, job);
  if (judgement.allowed && job !== undefined) return job;
  const reason = judgement.allowed ? 'unknown-job' : judgement.reason;
  throw new Refusal(vscode.l10n.t('{0} is not played: {1}', name, refusalText(reason)));
}

async function touchedBy(open: OpenProject, tree: PipelineNode, job: Job | Bridge): Promise<Paragraph[]> {
  const run = findDeployRun(tree);
  const isInRun = run !== undefined && run.node.pipeline.id === job.pipelineId;
  if (isInRun && job.stage === stageNames.selectImage) {
    return [
      vscode.l10n.t('It chooses the image group {0}. No node is touched before deploy is played.', imageGroupOf(job)),
    ];
  }
  if (isInRun && job.stage === stageNames.deploy) {
    const image = run.images.find(({ status }) => status === 'success');
    // The pipeline deploys the mapping file of its own commit.
    const plan = await planAt(open, run.node.pipeline.sha || run.node.pipeline.ref);
    return [
      vscode.l10n.t(
        'It deploys {0} to the nodes of the mapping file, then restarts by PXE those of them that have not booted it yet.',
        image === undefined ? vscode.l10n.t('the chosen image group') : imageGroupOf(image),
      ),
      ...(plan === undefined ? [] : planLines(plan)),
    ];
  }
  return [vscode.l10n.t('It starts {0} in pipeline #{1}.', job.name, job.pipelineId ?? tree.pipeline.id)];
}

function refusalText(reason: PlayRefusal): string {
  switch (reason) {
    case 'not-manual':
      return vscode.l10n.t('it does not wait for Play (any more).');
    case 'choose-image-first':
      return vscode.l10n.t('choose an image first, or deploy ends with "no image group selected".');
    case 'image-not-ready':
      return vscode.l10n.t('the chosen image is still being selected. Wait for it.');
    case 'image-failed':
      return vscode.l10n.t('selecting the image failed. Retry it or choose another one.');
    case 'image-already-chosen':
      return vscode.l10n.t('another image was chosen already. With two, nobody can tell which one is deployed.');
    case 'unknown-job':
      return vscode.l10n.t('it is not in the pipeline any more.');
  }
}
