import { refused, type UserError } from '@omnia-buildstream/core/errors/userError';
import { shownVariable, type Variable } from '@omnia-buildstream/gitlab/actions/jobVariables';
import type { PlayRefusal } from '@omnia-buildstream/gitlab/actions/judgePlay';
import type { Bridge, Job } from '@omnia-buildstream/gitlab/model/job';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import { preparePlay, type PreparedAction } from '@omnia-buildstream/gitlab/omnia/prepared';
import type { Touches } from '@omnia-buildstream/gitlab/omnia/touches';
import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import { findPlayable, type Moved } from '@omnia-buildstream/gitlab/omnia/writes';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import * as vscode from 'vscode';
import {
  choose,
  confirm,
  currentTree,
  knownProject,
  openProject,
  writeCalls,
  type ActionContext,
} from './actionContext.ts';
import { jobOf, type JobElement } from '../view/pipelineElements.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { askNow, checkFirst, reachLines } from '../../stages/facts/reach.ts';
import { remarkLines } from './remarkLines.ts';
import { tellOutcome } from './tellOutcome.ts';
import { touchLines } from './touchLines.ts';
import { warningLines } from './warningLines.ts';

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
  /** As it was shown; looked up again by its name. */
  readonly shown: Job | Bridge;
  readonly variables?: readonly Variable[];
}

/** @returns whether GitLab has it. @throws UserError when it is out of order, GitLabError */
export async function confirmAndPlay(
  context: ActionContext,
  open: OpenProject,
  { rootId, shown, variables = [] }: PlayTarget,
): Promise<boolean> {
  const project = await knownProject(context, open);
  const tree = await currentTree(open, rootId);
  const job = playable(tree, shown);
  const values = Object.fromEntries(variables.map(({ key, value }) => [key, value]));
  const prepared = await preparePlay(project, tree, job, values);
  refuseObstacles(prepared);
  const { touches } = prepared;
  const lines = [
    ...startLines(touches, job, tree),
    ...variables.map((variable) => vscode.l10n.t('Variable: {0}', shownVariable(variable))),
    ...(await remarkLines(open, tree, touches)),
    ...(await warningLines(open, context.model, tree, { withFailedNodes: touches.kind === 'restarts' })),
  ];
  if (!(await agreed(context, open, { prepared, lines, question: vscode.l10n.t('Run {0}?', job.name) }))) return false;
  const outcome = await prepared.run(writeCalls());
  if (outcome.kind === 'refused') throw refusal(job.name, outcome.reason);
  tellOutcome(outcome, ({ name }) => vscode.l10n.t('{0} was started.', name));
  await context.model.refresh();
  return outcome.kind === 'done' || outcome.kind === 'found';
}

interface Question {
  readonly question: string;
  readonly prepared: Pick<PreparedAction<unknown, unknown>, 'nodes' | 'touches'>;
  readonly lines: readonly Paragraph[];
}

/** Asks, as often as the user wants to know first whether the BMCs respond. */
async function agreed(
  context: ActionContext,
  open: OpenProject,
  { question, prepared, lines }: Question,
): Promise<boolean> {
  const nodes = prepared.nodes.map(({ target }) => target);
  const button = buttonOf(prepared.touches);
  if (nodes.length === 0) return confirm(question, { touches: lines, button, open });
  const facts = await context.facts();
  const askFirst = checkFirst();
  for (;;) {
    const told = [...lines, ...reachLines(facts, nodes)];
    const answer = await choose(question, { touches: told, buttons: [button, askFirst], open });
    if (answer !== askFirst) return answer === button;
    await askNow(facts, nodes);
  }
}

/** @throws UserError */
function playable(tree: PipelineNode, shown: Job | Bridge): Job | Bridge {
  const found = findPlayable(tree, shown);
  if ('reason' in found) throw refusal(shown.name, found.reason);
  return found.job;
}

function startLines(touches: Touches, job: Job | Bridge, tree: PipelineNode): Paragraph[] {
  const lines = touchLines(touches);
  const starts = vscode.l10n.t('It starts {0} in pipeline #{1}.', job.name, job.pipelineId ?? tree.pipeline.id);
  return lines.length === 0 ? [starts] : lines;
}

/** The effect of the button. */
function buttonOf(touches: Touches): string {
  switch (touches.kind) {
    case 'chooses-image':
    case 'chooses-deletion':
      return vscode.l10n.t('Select Image');
    case 'deletes':
      return vscode.l10n.t('Delete Images');
    case 'cadence':
    case 'restarts': {
      const count = touches.plan?.decision.plan?.nodes.filter(({ action }) => action === 'boot').length;
      return count === undefined ? vscode.l10n.t('PXE-Boot Nodes') : vscode.l10n.t('PXE-Boot {0} Nodes', count);
    }
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
