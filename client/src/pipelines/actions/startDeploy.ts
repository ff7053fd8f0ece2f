import { refused } from '@omnia-buildstream/core/errors/userError';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import { branchOf } from '@omnia-buildstream/gitlab/omnia/project';
import { inputRemarks } from '@omnia-buildstream/gitlab/omnia/remarks';
import { startFacts, startPipelineShown } from '@omnia-buildstream/gitlab/omnia/writes';
import * as vscode from 'vscode';
import { confirm, openProject, writeCalls, type ActionContext } from './actionContext.ts';
import { omniaProject } from '../project/omniaProject.ts';
import { phraseLines } from './remarkLines.ts';
import { tellOutcome } from './tellOutcome.ts';
import { warningLines } from './warningLines.ts';

export async function startDeployCommand(context: ActionContext): Promise<void> {
  await startDeploy(context);
  await context.model.refresh();
}

/**
 * Starts a deploy pipeline on the default branch, after the user has seen what of. The view shows it when it looks next.
 * @param plan what it would do, as paragraphs
 * @returns its id; undefined when there is none, or when nobody knows
 */
export async function startDeploy(
  context: ActionContext,
  plan: readonly Paragraph[] = [],
): Promise<number | undefined> {
  const open = await openProject(context);
  const project = omniaProject(open);
  const ref = branchOf(open);
  const facts = await startFacts(project, ref);
  const { headId, title } = facts;
  const commit = headId === undefined ? ref : `${ref}, ${headId.slice(0, 8)} ${title ?? ''}`;
  const touches = [
    vscode.l10n.t('Commit: {0}', commit),
    vscode.l10n.t('Variable: {0}', 'PIPELINE_TYPE=deploy'),
    vscode.l10n.t(
      'The pipeline lists the available images. No node is changed until you select an image and run the deploy job.',
    ),
    ...plan,
    ...phraseLines(await inputRemarks(project, undefined, ref)),
    ...(await warningLines(open, context.model, undefined)),
  ];
  const button = vscode.l10n.t('Start');
  if (!(await confirm(vscode.l10n.t('Start a deploy pipeline?'), { touches, button, open }))) return undefined;
  const pipeline = { ref, variables: { PIPELINE_TYPE: 'deploy' } };
  const outcome = await startPipelineShown(project, { ...facts, pipeline }, writeCalls());
  if (outcome.kind === 'refused') throw refused(refusalText(outcome.reason));
  tellOutcome(outcome, ({ id }) => vscode.l10n.t('Pipeline #{0} was started.', id));
  if (outcome.kind === 'done' || outcome.kind === 'found') context.model.watchStarted(outcome.value.id);
  return outcome.kind === 'done' || outcome.kind === 'found' ? outcome.value.id : undefined;
}

function refusalText(reason: 'head-moved' | 'another-pipeline'): string {
  return reason === 'head-moved'
    ? vscode.l10n.t('Nothing was started: there is a new commit since this was shown. Review it again.')
    : vscode.l10n.t('Nothing was started: another pipeline has started since this was shown. Review it again.');
}
