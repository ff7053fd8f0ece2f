import { startPipeline } from '@omnia-buildstream/gitlab/api/writes';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import * as vscode from 'vscode';
import { confirm, openProject, readCall, writeCalls, type ActionContext } from './actionContext.ts';
import { branchOf } from '../files/serverFiles.ts';
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
  const { client, project } = open;
  const ref = branchOf(open);
  const [head] = await client.files.commits(project.id, { ref, count: 1 }, readCall());
  const commit = head === undefined ? ref : `${ref}, ${head.id.slice(0, 8)} ${head.title}`;
  const touches = [
    vscode.l10n.t('Commit: {0}', commit),
    vscode.l10n.t('Variable: {0}', 'PIPELINE_TYPE=deploy'),
    vscode.l10n.t('It lists the images. No node is touched before an image is chosen and deploy is played.'),
    ...plan,
    ...(await warningLines(open, context.model, undefined)),
  ];
  const button = vscode.l10n.t('Start');
  if (!(await confirm(vscode.l10n.t('Start a deploy pipeline?'), { touches, button, open }))) return undefined;
  const pipeline = { ref, variables: { PIPELINE_TYPE: 'deploy' } };
  const outcome = await startPipeline(client, { projectId: project.id, pipeline }, writeCalls());
  tellOutcome(outcome, ({ id }) => vscode.l10n.t('Pipeline #{0} was started.', id));
  if (outcome.kind === 'done' || outcome.kind === 'found') context.model.watchStarted(outcome.value.id);
  return outcome.kind === 'done' || outcome.kind === 'found' ? outcome.value.id : undefined;
}
