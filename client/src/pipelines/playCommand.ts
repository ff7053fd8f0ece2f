import { judgePlay, type PlayRefusal } from '@omnia-buildstream/gitlab/actions/judgePlay';
import { playJob } from '@omnia-buildstream/gitlab/api/writes';
import type { Bridge, Job } from '@omnia-buildstream/gitlab/model/job';
import { findDeployRun, imageGroupOf, stageNames } from '@omnia-buildstream/gitlab/tree/deployRun';
import { allPipelines, bridgesOf, jobsOf, type PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import * as vscode from 'vscode';
import { confirm, currentTree, openProject, writeCalls, type ActionContext } from './actionContext.ts';
import { jobOf, type JobElement } from './pipelineElements.ts';
import { Refusal } from './refusal.ts';
import { tellOutcome } from './tellOutcome.ts';
import { warningLines } from './warningLines.ts';

/** Presses Play on a job, in the order that Omnia needs, after the user has seen what it touches. */
export async function playCommand(context: ActionContext, { rootId, entry }: JobElement): Promise<void> {
  const open = await openProject(context);
  const tree = await currentTree(open, rootId);
  const shown = jobOf(entry);
  const job = findJob(tree, shown.name, shown.pipelineId);
  const judgement =
    job === undefined ? { allowed: false as const, reason: 'unknown-job' as const } : judgePlay(tree, job);
  if (!judgement.allowed || job === undefined) {
    const reason = judgement.allowed ? 'unknown-job' : judgement.reason;
    throw new Refusal(vscode.l10n.t('{0} is not played: {1}', shown.name, refusalText(reason)));
  }
  const touches = [touchedBy(tree, job), ...(await warningLines(open, context.model, tree))];
  const button = vscode.l10n.t('Play');
  if (!(await confirm(vscode.l10n.t('Play {0}?', job.name), { touches, button, open }))) return;
  const outcome = await playJob(open.client, { projectId: open.project.id, job }, writeCalls());
  tellOutcome(outcome, ({ name }) => vscode.l10n.t('{0} was played.', name));
  await context.model.refresh();
}

/** By name: since the tree was drawn, a retry may have made a new job. */
function findJob(tree: PipelineNode, name: string, pipelineId: number | undefined): Job | Bridge | undefined {
  return allPipelines(tree)
    .filter(({ pipeline }) => pipelineId === undefined || pipeline.id === pipelineId)
    .flatMap((node) => [...jobsOf(node), ...bridgesOf(node).map(({ bridge }) => bridge)])
    .find((job) => job.name === name);
}

function touchedBy(tree: PipelineNode, job: Job | Bridge): string {
  const run = findDeployRun(tree);
  const isInRun = run !== undefined && run.node.pipeline.id === job.pipelineId;
  if (isInRun && job.stage === stageNames.selectImage) {
    return vscode.l10n.t(
      'It chooses the image group {0}. No node is touched before deploy is played.',
      imageGroupOf(job),
    );
  }
  if (isInRun && job.stage === stageNames.deploy) {
    const image = run.images.find(({ status }) => status === 'success');
    return vscode.l10n.t(
      'It deploys {0} to the nodes of the mapping file, then restarts by PXE those of them that have not booted it yet.',
      image === undefined ? vscode.l10n.t('the chosen image group') : imageGroupOf(image),
    );
  }
  return vscode.l10n.t('It starts {0} in pipeline #{1}.', job.name, job.pipelineId ?? tree.pipeline.id);
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
