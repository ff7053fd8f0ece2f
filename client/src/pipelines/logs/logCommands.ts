import { refused } from '@omnia-buildstream/core/errors/userError';
import type { BridgeNode, JobNode } from '@omnia-buildstream/gitlab/tree/nodes';
import * as vscode from 'vscode';
import { openProject, type ActionContext } from '../actions/actionContext.ts';
import { readCall } from '../project/omniaProject.ts';
import { showJobLog } from './jobLog.ts';
import type { LogDocuments, LogSource } from './logDocuments.ts';
import { pickJob } from '../view/pickElement.ts';
import { jobOf } from '../view/pipelineElements.ts';
import { saveLog } from './saveLog.ts';

export interface LogContext extends ActionContext {
  readonly logs: LogDocuments;
}

/** @throws GitLabError, UserError */
export async function showLogOf(context: LogContext, entry: JobNode | BridgeNode): Promise<void> {
  const { open, job } = await currentJob(context, entry);
  await showJobLog(open, job, context.logs);
}

/**
 * @param given a job of the view, or the address of a log; otherwise the log in the active editor, or a job that the
 * user picks
 */
export async function saveJobLog(context: LogContext, given: unknown): Promise<void> {
  if (isJobElement(given)) {
    const { open, job } = await currentJob(context, given.entry);
    return saveLog(open, job);
  }
  const uri = given instanceof vscode.Uri ? given : vscode.window.activeTextEditor?.document.uri;
  const source = uri === undefined ? undefined : context.logs.sourceOf(uri);
  if (source !== undefined) return saveLog(source.open, source.job);
  const chosen = await pickJob(context, 'log');
  if (chosen === undefined) return;
  const { open, job } = await currentJob(context, chosen.entry);
  await saveLog(open, job);
}

/** The job as it is now. @throws GitLabError, UserError */
export async function currentJob(context: LogContext, entry: JobNode | BridgeNode): Promise<LogSource> {
  const shown = jobOf(entry);
  if (shown.kind === 'bridge')
    throw refused(vscode.l10n.t('A trigger job has no log. The jobs of its child pipeline have.'));
  const open = await openProject(context);
  return { open, job: await open.client.jobs.show(shown.projectId ?? open.project.id, shown.id, readCall()) };
}

function isJobElement(given: unknown): given is { readonly entry: JobNode | BridgeNode } {
  return typeof given === 'object' && given !== null && 'kind' in given && given.kind === 'job' && 'entry' in given;
}
