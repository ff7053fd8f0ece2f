import { refused } from '@omnia-buildstream/core/errors/userError';
import { guideStep, type GuideStep } from '@omnia-buildstream/gitlab/actions/guideStep';
import { branchOf } from '@omnia-buildstream/gitlab/omnia/project';
import { planAt } from '@omnia-buildstream/gitlab/omnia/serverPlan';
import type { Job } from '@omnia-buildstream/gitlab/model/job';
import { imageGroupOf } from '@omnia-buildstream/gitlab/tree/deployRun';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import * as vscode from 'vscode';
import { currentTree, openProject, type ActionContext } from './actionContext.ts';
import { findLocalFile, isSameText, isUnsaved } from '../files/localFile.ts';
import { followWithProgress } from './followProgress.ts';
import { openRuns } from './findRuns.ts';
import { stepText } from './guideWords.ts';
import { planLines } from './planLines.ts';
import { confirmAndPlay } from './playCommand.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { omniaProject } from '../project/omniaProject.ts';
import { startDeploy } from './startDeploy.ts';
import { tellEnd } from './tellEnd.ts';
import { window } from '../../platform/window.ts';

/** From the plan to the nodes: takes up a deploy pipeline where it is, or starts one. */
export async function deployCommand(context: ActionContext): Promise<void> {
  const open = await openProject(context);
  const id = await choosePipeline(context, open);
  if (id === undefined) await context.model.refresh();
  else await guide(context, open, id);
}

/** Leads through the steps of a pipeline until it is over, or the user leaves. @throws GitLabError, UserError */
export async function guide(context: ActionContext, open: OpenProject, rootId: number): Promise<void> {
  const guided = context.model.guided(rootId);
  try {
    await context.model.refresh();
    await takeSteps(context, open, rootId);
  } finally {
    guided.dispose();
  }
}

async function takeSteps(context: ActionContext, open: OpenProject, rootId: number): Promise<void> {
  for (;;) {
    const step = guideStep(await currentTree(open, rootId));
    if (step.kind === 'done' || step.kind === 'hidden' || step.kind === 'retry' || step.kind === 'retry-image') {
      await context.model.refresh();
      await tellEnd(context, open, { rootId, step });
      return;
    }
    if (!(await takeStep(context, open, { rootId, step }))) {
      const left = vscode.l10n.t('Pipeline #{0}: {1}. Use Deploy… to continue.', rootId, stepText(step));
      void window.showInformationMessage(left);
      return;
    }
  }
}

interface OpenStep {
  readonly rootId: number;
  readonly step: Exclude<GuideStep, { kind: 'done' | 'hidden' | 'retry' | 'retry-image' }>;
}

/** @returns false when the user leaves the guide, or when nobody knows whether a click was carried out */
async function takeStep(context: ActionContext, open: OpenProject, { rootId, step }: OpenStep): Promise<boolean> {
  switch (step.kind) {
    case 'wait-for-images':
    case 'wait-for-image':
    case 'follow': {
      const until = (tree: Parameters<typeof guideStep>[0]) => guideStep(tree).kind !== step.kind;
      return (await followWithProgress(open, { pipelineId: rootId, until })) !== undefined;
    }
    case 'play-trigger':
    case 'play-deploy':
      return confirmAndPlay(context, open, { rootId, shown: step.job });
    case 'choose-image': {
      const image = await chooseImage(step.images);
      return image !== undefined && confirmAndPlay(context, open, { rootId, shown: image });
    }
  }
}

async function chooseImage(images: readonly Job[]): Promise<Job | undefined> {
  const items = images.map((job) => ({ label: imageGroupOf(job), description: job.name, job }));
  const options = { title: vscode.l10n.t('Select the Image Group to Deploy'), ignoreFocusOut: true };
  return (await window.showQuickPick(items, options))?.job;
}

/** A pipeline that goes on or waits, or a new one after its plan was shown. */
async function choosePipeline(context: ActionContext, open: OpenProject): Promise<number | undefined> {
  const runs = await openRuns(open);
  const fresh = { label: vscode.l10n.t('Start a New Deploy Pipeline'), description: '', id: undefined };
  const items = runs.map(({ tree: { pipeline }, step }) => ({
    label: vscode.l10n.t('Pipeline #{0}', pipeline.id),
    description: stepText(step),
    id: pipeline.id,
  }));
  const title = vscode.l10n.t('Deploy: Continue a Pipeline or Start One');
  const chosen = runs.length === 0 ? fresh : await window.showQuickPick([...items, fresh], { title });
  if (chosen === undefined) return undefined;
  return chosen.id ?? startDeploy(context, await planned(open));
}

/** What a new pipeline would do with the files on the server. @throws UserError without a mapping file */
async function planned(open: OpenProject): Promise<Paragraph[]> {
  const branch = branchOf(open);
  const plan = await planAt(omniaProject(open), branch);
  if (plan === undefined) {
    throw refused(vscode.l10n.t('There is no mapping file on {0} of {1}.', branch, open.project.path));
  }
  return [...planLines(plan), ...(await localLines(plan))];
}

/** Whoever edits here may believe that this is what gets deployed. */
async function localLines({ path, text }: { path: string; text: string }): Promise<string[]> {
  const local = await findLocalFile([path]);
  if (local === undefined) return [];
  const isDifferent = !isSameText(local.text, text) || isUnsaved(local);
  if (!isDifferent) return [];
  const isCommitted = isSameText(local.headText, local.text) && !isUnsaved(local);
  return [
    isCommitted
      ? vscode.l10n.t(
          'Warning: your copy of {0} is another version than the one on the server, which is deployed.',
          path,
        )
      : vscode.l10n.t('Warning: your copy of {0} has changes that are not committed. They are not deployed.', path),
  ];
}
