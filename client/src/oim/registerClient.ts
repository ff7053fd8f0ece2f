import type { OimCredential } from '@omnia-buildstream/oim/api/credential';
import { OimError } from '@omnia-buildstream/oim/oimError';
import { registerAtOim } from '@omnia-buildstream/runner/oim/oimAccess';
import * as vscode from 'vscode';
import { apiKeyOf } from './apiAddress.ts';
import type { ApiClients } from './apiClients.ts';
import { explainApi } from '../errors/apiWords.ts';
import { askAccount } from './askClient.ts';
import { accessTo } from './openApi.ts';
import { window } from '../platform/window.ts';

/**
 * Registers the only client that the API accepts, and stores it. Resolves to `existing` if the user prefers to enter
 * the existing client, undefined if they cancel. @throws OimError
 */
export async function registerClient(
  clients: ApiClients,
  server: URL,
): Promise<OimCredential | 'existing' | undefined> {
  const register = vscode.l10n.t('Register');
  const detail = vscode.l10n.t(
    'The API takes one client only, and tells its secret once. The pipelines of the GitLab project need the same client: when it has run before, there is one, and its id and secret are the CI variables BSM_CLIENT_ID and BSM_CLIENT_SECRET.',
  );
  const message = vscode.l10n.t('Register a client at {0} now?', server.host);
  if ((await window.ask(message, [detail], register)) !== register) return undefined;
  const account = await askAccount();
  if (account === undefined) return undefined;
  const access = await accessTo(server);
  // Cannot be canceled, because the secret is only in this response.
  const options = { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Registering a client') };
  try {
    const credential = await window.withProgress(options, () =>
      registerAtOim(access, account, new AbortController().signal),
    );
    await keep(clients, server, credential);
    return credential;
  } catch (error) {
    if (!(error instanceof OimError) || !error.code.startsWith('max_clients_')) throw error;
    const enter = vscode.l10n.t('Enter the Existing Client');
    return (await window.ask(explainApi(error), [], enter)) === enter ? 'existing' : undefined;
  }
}

async function keep(clients: ApiClients, server: URL, credential: OimCredential): Promise<void> {
  const isKept = await clients.save(apiKeyOf(server), credential).then(
    () => true,
    () => false,
  );
  const what = isKept
    ? vscode.l10n.t('Client {0} is registered, and its secret is in the secret storage.', credential.id)
    : vscode.l10n.t(
        'Client {0} is registered, but the secret storage did not take its secret: copy it now.',
        credential.id,
      );
  const copy = vscode.l10n.t('Copy Secret Once');
  const detail = vscode.l10n.t(
    'The secret cannot be shown later. The GitLab project needs both as masked CI variables, BSM_CLIENT_ID and BSM_CLIENT_SECRET. Other programs can read the clipboard: paste it at once and copy something else then.',
  );
  const pressed = await window.ask(what, [detail], copy);
  if (pressed === copy) await vscode.env.clipboard.writeText(credential.reveal());
}
