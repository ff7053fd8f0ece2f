import { refused } from '@omnia-buildstream/core/errors/userError';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Job } from '@omnia-buildstream/gitlab/model/job';
import * as vscode from 'vscode';
import { saveStream } from '../../platform/saveStream.ts';
import { fileNameOf } from './logDocuments.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { window } from '../../platform/window.ts';

/** Saves the bytes of a log as GitLab sends them, to a file that the user selects. @throws GitLabError, UserError */
export async function saveLog(open: OpenProject, job: Job): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath ?? homedir();
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save Raw Job Log'),
    defaultUri: vscode.Uri.file(path.join(folder, `${fileNameOf(job)}.log`)),
  });
  if (target === undefined) return;
  if (target.scheme !== 'file') throw refused(vscode.l10n.t('Select a local file.'));
  const file = target.fsPath;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Saving the log of {0}', job.name),
    cancellable: true,
  };
  await window.withProgress(options, async (_, token) => {
    const stop = new AbortController();
    const registration = token.onCancellationRequested(() => {
      stop.abort();
    });
    try {
      await write(open, { job, file, signal: stop.signal });
    } finally {
      registration.dispose();
    }
  });
  window.setStatusBarMessage(vscode.l10n.t('Saved: {0}', file), 5_000);
}

async function write(
  { client, project }: OpenProject,
  { job, file, signal }: { job: Job; file: string; signal: AbortSignal },
): Promise<void> {
  const { chunks } = await client.jobs.trace(job.projectId ?? project.id, job.id, { signal });
  try {
    await saveStream(file, chunks);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // Without a code it is an error of GitLab and is reported as such.
    if (typeof code !== 'string') throw error;
    throw refused(
      code === 'ENOSPC' || code === 'EDQUOT'
        ? vscode.l10n.t('The disk is full. {0} was not changed. Free up space, or select another disk.', file)
        : vscode.l10n.t("{0} can't be written ({1}) and was not changed. Select another file.", file, code),
    );
  }
}
