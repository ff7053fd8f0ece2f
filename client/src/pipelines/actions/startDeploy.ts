import { refused } from '@omnia-buildstream/core/errors/userError';
import { branchOf } from '@omnia-buildstream/gitlab/omnia/project';
import { inputRemarks } from '@omnia-buildstream/gitlab/omnia/remarks';
import { planAt } from '@omnia-buildstream/gitlab/omnia/serverPlan';
import { startFacts, startPipelineShown, type StartShown } from '@omnia-buildstream/gitlab/omnia/writes';
import * as vscode from 'vscode';
import { ask } from './askAction.ts';
import { openProject, writeCalls, type ActionContext } from './actionContext.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { omniaProject } from '../project/omniaProject.ts';
import { phraseLines } from './remarkLines.ts';
import { tellOutcome } from './tellOutcome.ts';
import { warningLines } from './warningLines.ts';

/** Starts a deploy pipeline on the default branch, after the user has seen what of. */
export async function startDeployCommand(context: ActionContext): Promise<void> {
  const open = await openProject(context);
  const shown = await startShown(open);
  const project = omniaProject(open);
  const { ref } = shown.pipeline;
  const commit = shown.headId === undefined ? ref : `${ref}, ${shown.headId.slice(0, 8)} ${shown.title ?? ''}`;
  const touches = [
    vscode.l10n.t('Commit: {0}', commit),
    vscode.l10n.t('Variable: {0}', 'PIPELINE_TYPE=deploy'),
    vscode.l10n.t(
      'The pipeline lists the available images. No node is changed until you select an image and run the deploy job.',
    ),
    ...phraseLines(await inputRemarks(project, undefined, ref)),
    ...(await warningLines(open, context.model, undefined)),
  ];
  const button = vscode.l10n.t('Start Pipeline');
  if (
    (await ask(context, open, { question: vscode.l10n.t('Start a deploy pipeline?'), touches, ways: [button] })) !==
    button
  )
    return;
  await sendStart(context, open, shown);
  await context.model.refresh();
}

/**
 * Starts a deploy pipeline that lists images, which the user has chosen as something that touches no node. The view shows
 * it when it looks next.
 * @returns its id; undefined when there is none, or when nobody knows @throws UserError without a mapping file, GitLabError
 */
export async function startListing(context: ActionContext, open: OpenProject): Promise<number | undefined> {
  const branch = branchOf(open);
  if ((await planAt(omniaProject(open), branch)) === undefined) {
    throw refused(vscode.l10n.t('There is no mapping file on {0} of {1}.', branch, open.project.path));
  }
  // While a cadence runs nothing is started; what else there is to warn of stands in the question that follows.
  await warningLines(open, context.model, undefined);
  return sendStart(context, open, await startShown(open));
}

type ShownStart = StartShown & { readonly title: string | undefined };

async function startShown(open: OpenProject): Promise<ShownStart> {
  const ref = branchOf(open);
  const pipeline = { ref, variables: { PIPELINE_TYPE: 'deploy' } };
  return { ...(await startFacts(omniaProject(open), ref)), pipeline };
}

async function sendStart(context: ActionContext, open: OpenProject, shown: StartShown): Promise<number | undefined> {
  const outcome = await startPipelineShown(omniaProject(open), shown, writeCalls());
  if (outcome.kind === 'refused') throw refused(refusalText(outcome.reason));
  tellOutcome(outcome, ({ id }) => vscode.l10n.t('Pipeline #{0} was started.', id));
  if (outcome.kind !== 'done' && outcome.kind !== 'found') return undefined;
  context.model.watchStarted(outcome.value.id);
  return outcome.value.id;
}

function refusalText(reason: 'head-moved' | 'another-pipeline'): string {
  return reason === 'head-moved'
    ? vscode.l10n.t('Nothing was started: there is a new commit since this was shown. Review it again.')
    : vscode.l10n.t('Nothing was started: another pipeline has started since this was shown. Review it again.');
}
