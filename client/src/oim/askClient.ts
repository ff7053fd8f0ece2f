import { OimCredential } from '@omnia-buildstream/oim/api/credential';
import * as vscode from 'vscode';
import { window } from '../platform/window.ts';

/** Asks for an id and its secret; undefined when the user changes their mind. */
async function askPair(words: {
  readonly title: string;
  readonly id: string;
  readonly secret: string;
}): Promise<OimCredential | undefined> {
  const options = { title: words.title, ignoreFocusOut: true };
  const id = (await window.showInputBox({ ...options, prompt: words.id }))?.trim();
  if (id === undefined || id === '') return undefined;
  const secret = await window.showInputBox({ ...options, prompt: words.secret, password: true });
  return secret === undefined || secret === '' ? undefined : new OimCredential(id, secret);
}

/** The client that is registered already. */
export function askClient(): Promise<OimCredential | undefined> {
  return askPair({
    title: vscode.l10n.t('Sign In to BuildStreaM API'),
    id: vscode.l10n.t('Client id: the CI variable BSM_CLIENT_ID of the GitLab project'),
    secret: vscode.l10n.t(
      'Client secret: the CI variable BSM_CLIENT_SECRET of the GitLab project. It is kept in the secret storage.',
    ),
  });
}

/** The API's user, who may register the one client. Not kept. */
export function askAccount(): Promise<OimCredential | undefined> {
  return askPair({
    title: vscode.l10n.t('Register a Client at the BuildStreaM API'),
    id: vscode.l10n.t('User of the API (BSM_API_USERNAME)'),
    secret: vscode.l10n.t('Password of the API (BSM_API_PASSWORD). It is used once and not kept.'),
  });
}
