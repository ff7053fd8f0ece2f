import { OimError } from '@omnia-buildstream/oim/oimError';
import * as vscode from 'vscode';
import { explainApi } from './apiErrorWords.ts';
import { window } from '../platform/window.ts';

/** Runs a command; what the API refuses is told with a way on. Anything else is thrown on. */
export async function tellingApiErrors(log: vscode.LogOutputChannel, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof OimError)) throw error;
    // Not awaited: the message stays until the user closes it.
    void presentApiError(error, log);
  }
}

async function presentApiError(error: OimError, log: vscode.LogOutputChannel): Promise<void> {
  const text = explainApi(error);
  log.warn(text);
  const way = wayOn(error);
  const pressed = await window.showWarningMessage(text, ...(way === undefined ? [] : [way.title]));
  if (way !== undefined && pressed === way.title) await vscode.commands.executeCommand(way.command);
}

function wayOn({ reason }: OimError): { readonly title: string; readonly command: string } | undefined {
  switch (reason) {
    case 'signed-out':
    case 'forbidden':
      return { title: vscode.l10n.t('Sign In'), command: 'buildstream.signInApi' };
    case 'tls':
    case 'not-reachable':
    case 'unexpected-answer':
      return { title: vscode.l10n.t('Test Connection'), command: 'buildstream.testApi' };
    default:
      return undefined;
  }
}
