import { isGitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { NotUtf8Error } from '@omnia-buildstream/gitlab/omnia/projectFiles';
import * as vscode from 'vscode';
import { explain } from './errorWords.ts';
import { Refusal } from '../platform/refusal.ts';
import { window } from '../platform/window.ts';

/** Tells the user about a command that failed, with a way on where there is one. Anything unknown is thrown again. */
export async function presentGitLabError(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  if (error instanceof Refusal) {
    log.warn(error.message);
    await window.showWarningMessage(error.message);
    return;
  }
  if (error instanceof NotUtf8Error) {
    await window.showWarningMessage(vscode.l10n.t('{0} on the server is not UTF-8.', error.path));
    return;
  }
  if (!isGitLabError(error)) throw error;
  if (error.reason === 'aborted') return;
  log.warn(error.message);
  const signIn = vscode.l10n.t('Sign In');
  const test = vscode.l10n.t('Test Connection');
  const ways: Readonly<Record<string, string>> = {
    'signed-out': signIn,
    'token-expired': signIn,
    'scope-missing': signIn,
    tls: test,
    'not-reachable': test,
    'unexpected-answer': test,
  };
  const way = ways[error.reason];
  const chosen = await window.showErrorMessage(explain(error), ...(way === undefined ? [] : [way]));
  if (chosen === signIn) await vscode.commands.executeCommand('buildstream.signIn');
  if (chosen === test) await vscode.commands.executeCommand('buildstream.testConnection');
}
