import { refused, type UserError } from '@omnia-buildstream/core/errors/userError';
import { shownVariable, type Variable } from '@omnia-buildstream/gitlab/actions/jobVariables';
import type { PlayRefusal } from '@omnia-buildstream/gitlab/actions/judgePlay';
import type { Bridge, Job } from '@omnia-buildstream/gitlab/model/job';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import { preparePlay, type PreparedAction } from '@omnia-buildstream/gitlab/omnia/prepared';
import { comesInTheWay, type Touches } from '@omnia-buildstream/gitlab/omnia/touches';
import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import { findPlayable, type Moved } from '@omnia-buildstream/gitlab/omnia/writes';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import * as vscode from 'vscode';
import { askAction, type Agreed } from './askAction.ts';
import { currentTree, knownProject, openProject, type ActionContext } from './actionContext.ts';
import { bootButton, bootQuestion } from './effectWords.ts';
import { jobOf, type JobElement } from '../view/pipelineElements.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { sendAct } from './sendAct.ts';
import { tellOutcome } from './tellOutcome.ts';
import { touchLines } from './touchLines.ts';

/** Runs a manual job, in the order that Omnia needs, after the user has seen what it touches. */
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
  /** As shown; looked up again by name. */
  readonly shown: Job | Bridge;
  readonly variables?: readonly Variable[];
}

/** @returns whether GitLab received it @throws UserError if it is out of order, GitLabError */
export async function confirmAndPlay(
  context: ActionContext,
  open: OpenProject,
  { rootId, shown, variables = [] }: PlayTarget,
): Promise<boolean> {
  const { tree, job, prepared } = await preparedPlay(context, open, { rootId, shown, variables });
  const { touches } = prepared;
  const lead = [
    ...startLines(touches, job, tree),
    ...variables.map((variable) => vscode.l10n.t('Variable: {0}', shownVariable(variable))),
  ];
  const question = touches.kind === 'restarts' ? bootQuestion(touches) : vscode.l10n.t('Run {0}?', job.name);
  const way = buttonOf(touches);
  const agreed = await askAction(context, open, { question, tree, touches, lead, ways: [way] });
  return agreed !== undefined && play(context, open, { rootId, job, prepared, agreed });
}

/** Runs a job that the user agreed to before. @returns whether GitLab received it @throws UserError, GitLabError */
export async function playAgreed(
  context: ActionContext,
  open: OpenProject,
  target: Pick<PlayTarget, 'rootId' | 'shown'>,
  agreed: Agreed,
): Promise<boolean> {
  const { job, prepared } = await preparedPlay(context, open, target);
  return play(context, open, { rootId: target.rootId, job, prepared, agreed });
}

type PreparedPlay = PreparedAction<Job | Bridge, PlayRefusal>;

interface AgreedPlay {
  readonly rootId: number;
  readonly job: Job | Bridge;
  readonly prepared: PreparedPlay;
  readonly agreed: Agreed;
}

/** @throws UserError if it is out of order or there is an obstacle, GitLabError */
export async function preparedPlay(
  context: ActionContext,
  open: OpenProject,
  { rootId, shown, variables = [] }: PlayTarget,
): Promise<{ readonly tree: PipelineNode; readonly job: Job | Bridge; readonly prepared: PreparedPlay }> {
  const project = await knownProject(context, open);
  const tree = await currentTree(open, rootId);
  const job = playable(tree, shown);
  const values = Object.fromEntries(variables.map(({ key, value }) => [key, value]));
  const prepared = await preparePlay(project, tree, job, values);
  refuseObstacles(prepared);
  return { tree, job, prepared };
}

/**
 * Sends it once.
 * @returns whether GitLab received it
 * @throws UserError if its effect is no longer what was shown, GitLabError
 */
export async function play(
  context: ActionContext,
  open: OpenProject,
  { rootId, job, prepared, agreed }: AgreedPlay,
): Promise<boolean> {
  const act = {
    act: 'play',
    subject: `${job.name} #${String(job.id)} in pipeline #${String(rootId)}`,
    touches: comesInTheWay(prepared.touches),
    own: rootId,
  } as const;
  const outcome = await sendAct(context, open, prepared, act, agreed);
  if (outcome.kind === 'refused') throw refusal(job.name, outcome.reason);
  tellOutcome(outcome, ({ name }) => vscode.l10n.t('{0} was started.', name));
  await context.model.refresh();
  return outcome.kind === 'done' || outcome.kind === 'found';
}

/** @throws UserError */
function playable(tree: PipelineNode, shown: Job | Bridge): Job | Bridge {
  const found = findPlayable(tree, shown);
  if ('reason' in found) throw refusal(shown.name, found.reason);
  return found.job;
}

function startLines(touches: Touches, job: Job | Bridge, tree: PipelineNode): Paragraph[] {
  if (touchLines(touches).length > 0) return [];
  return [vscode.l10n.t('Starts {0} in pipeline #{1}.', job.name, job.pipelineId ?? tree.pipeline.id)];
}

/** Label of the button, named after its effect. */
function buttonOf(touches: Touches): string {
  switch (touches.kind) {
    case 'chooses-image':
    case 'chooses-deletion':
      return vscode.l10n.t('Select Image');
    case 'deletes':
      return vscode.l10n.t('Delete Images');
    case 'cadence':
    case 'restarts':
      return bootButton(touches);
    case 'makes-child':
    case 'prepares-nodes':
    case 'starts':
      return vscode.l10n.t('Run Manual Job');
  }
}

function refusal(name: string, reason: PlayRefusal | Moved): UserError {
  return refused(vscode.l10n.t('{0} was not run: {1}', name, refusalText(reason)));
}

function refusalText(reason: PlayRefusal | Moved): string {
  switch (reason) {
    case 'not-manual':
      return vscode.l10n.t('it is not waiting for a manual start (any more).');
    case 'choose-image-first':
      return vscode.l10n.t('select an image first. Otherwise deploy ends with "no image group selected".');
    case 'image-not-ready':
      return vscode.l10n.t('the image is still being selected. Wait for it.');
    case 'image-failed':
      return vscode.l10n.t('selecting the image failed. Retry it or select another one.');
    case 'image-already-chosen':
      return vscode.l10n.t('another image is already selected. With two, it is uncertain which one is deployed.');
    case 'plan-changed':
      return vscode.l10n.t('its effect has changed since it was shown. Review it again.');
    case 'unknown-job':
      return vscode.l10n.t('it is no longer in the pipeline.');
  }
}
