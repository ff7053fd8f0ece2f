import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import { refused } from '@omnia-buildstream/core/errors/userError';
import { bootedBy } from '@omnia-buildstream/gitlab/omnia/actionPlan';
import {
  prepareStart,
  type PreparedStart,
  type StartRefusal,
} from '@omnia-buildstream/gitlab/omnia/prepare/prepareStart';
import { branchOf } from '@omnia-buildstream/gitlab/omnia/project';
import * as vscode from 'vscode';
import { ask, type Agreed } from './askAction.ts';
import { openProject, type ActionContext } from './actionContext.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { omniaProject } from '../project/omniaProject.ts';
import { planLines } from './planLines.ts';
import { phraseLines } from './remarkLines.ts';
import { sendAct } from './sendAct.ts';
import { tellOutcome } from './tellOutcome.ts';
import { warningLines } from './warningLines.ts';

/** Starts a deploy pipeline on the default branch, after the user has seen its commit, variables, and plan. */
export async function startDeployCommand(context: ActionContext): Promise<void> {
  const open = await openProject(context);
  const prepared = await preparedStart(open);
  const { head, variables, notes, leadsTo, restart } = prepared;
  const plan = leadsTo?.plan;
  const commit = head === undefined ? branchOf(open) : `${branchOf(open)}, ${head.id.slice(0, 8)} ${head.title}`;
  const touches = [
    vscode.l10n.t('Commit: {0}', commit),
    ...Object.entries(variables).map(([name, value]) => vscode.l10n.t('Variable: {0}', `${name}=${value}`)),
    ...phraseLines(notes),
    ...(plan === undefined ? [] : planLines(plan)),
    ...(await warningLines(open, context.model, undefined)),
  ];
  const question = vscode.l10n.t('Start a deploy pipeline?');
  const way = vscode.l10n.t('Start Pipeline');
  // The nodes are only planned here; booting them takes another question.
  const planned = { nodes: bootedBy(plan), restart };
  const agreed = await ask(context, open, { question, touches, plan: planned, ways: [way] });
  if (agreed === undefined) return;
  await send(context, open, prepared, agreed);
  await context.model.refresh();
}

/**
 * Starts a deploy pipeline to list images, which the user has chosen as an action that touches no node. The view shows
 * the pipeline at its next refresh.
 * @returns its ID; undefined if there is none, or if this is unknown
 * @throws UserError without a mapping file, GitLabError
 */
export async function startListing(
  context: ActionContext,
  open: OpenProject,
  agreed: Agreed,
): Promise<number | undefined> {
  const prepared = await preparedStart(open);
  if (prepared.leadsTo?.plan === undefined) {
    throw refused(vscode.l10n.t('There is no mapping file on {0} of {1}.', branchOf(open), open.project.path));
  }
  // The question that follows contains the warnings.
  return send(context, open, prepared, agreed);
}

/** @throws GitLabError, and UserError if there is an obstacle */
async function preparedStart(open: OpenProject): Promise<PreparedStart> {
  const prepared = await prepareStart(omniaProject(open), { type: 'deploy', ref: branchOf(open) });
  refuseObstacles(prepared);
  return prepared;
}

async function send(
  context: ActionContext,
  open: OpenProject,
  prepared: PreparedStart,
  agreed: Agreed,
): Promise<number | undefined> {
  // It touches no node until an image is selected and deployed.
  const subject = `a deploy pipeline on ${branchOf(open)}`;
  const act = { act: 'start', subject, touches: false, own: undefined } as const;
  const outcome = await sendAct(context, open, prepared, act, agreed);
  if (outcome.kind === 'refused') throw refused(refusalText(outcome.reason));
  tellOutcome(outcome, ({ id }) => vscode.l10n.t('Pipeline #{0} was started.', id));
  if (outcome.kind !== 'done' && outcome.kind !== 'found') return undefined;
  context.model.watchStarted(outcome.value.id);
  return outcome.value.id;
}

function refusalText(reason: StartRefusal): string {
  switch (reason) {
    case 'head-moved':
      return vscode.l10n.t('Nothing was started: there is a new commit since this was shown. Review it again.');
    case 'another-pipeline':
      return vscode.l10n.t('Nothing was started: another pipeline has started since this was shown. Review it again.');
    case 'plan-changed':
      return vscode.l10n.t('Nothing was started: the effect has changed since it was shown. Review it again.');
  }
}
