import { refused } from '@omnia-buildstream/core/errors/userError';
import type { OimCredential } from '@omnia-buildstream/oim/api/credential';
import * as vscode from 'vscode';
import { apiAddressOf, apiKeyOf } from './apiAddress.ts';
import type { ApiClients } from './apiClients.ts';
import { apiServer, writeApiServer } from './apiConfiguration.ts';
import { askClient } from './askClient.ts';
import { whileAsking } from '../platform/whileAsking.ts';
import { demandApi, withApi } from './openApi.ts';
import { registerClient } from './registerClient.ts';
import { healthOrPin } from './trustApi.ts';
import { window } from '../platform/window.ts';

/** Asks for address, certificate and client as needed, checks them, stores the client. @throws OimError, UserError */
export async function signInApi(clients: ApiClients): Promise<void> {
  const server = apiServer() ?? (await askServer());
  if (server === undefined) return;
  // Verifies the server before asking for or sending any secret.
  if ((await healthOrPin(server)) === undefined) return;
  const way = await chooseWay();
  if (way === undefined) return;
  const registered = way === 'register' ? await registerClient(clients, server) : 'existing';
  const credential = registered === 'existing' ? await askClient() : registered;
  if (credential === undefined) return;
  const count = await countGroups(server, credential);
  if (registered === 'existing') await clients.save(apiKeyOf(server), credential);
  void window.showInformationMessage(
    vscode.l10n.t(
      'Signed in to the BuildStreaM API at {0} as client {1}. Image groups there: {2}.',
      server.host,
      credential.id,
      count,
    ),
  );
}

/** Deletes the stored client of the API in the settings. @throws UserError if signed out */
export async function signOutApi(clients: ApiClients): Promise<void> {
  const server = demandApi();
  const key = apiKeyOf(server);
  if ((await clients.of(key)) === undefined) {
    throw refused(vscode.l10n.t('You are not signed in to the BuildStreaM API at {0}.', server.host));
  }
  await clients.remove(key);
  void window.showInformationMessage(
    vscode.l10n.t(
      'Signed out of the BuildStreaM API at {0}. The secret was deleted here; the client stays registered there.',
      server.host,
    ),
  );
}

/** Counts the image groups, as a request that requires a token and changes nothing. */
export async function countGroups(server: URL, credential: OimCredential): Promise<number> {
  const title = vscode.l10n.t('Signing in to the BuildStreaM API at {0}', server.host);
  const groups = await whileAsking(title, (signal) =>
    withApi({ server, credential }, (client) => client.images(undefined, signal)),
  );
  return groups.length;
}

async function askServer(): Promise<URL | undefined> {
  const text = await window.showInputBox({
    title: vscode.l10n.t('Sign In to BuildStreaM API'),
    prompt: vscode.l10n.t('Address of the BuildStreaM API on the management server'),
    placeHolder: 'https://10.5.0.1:443',
    ignoreFocusOut: true,
    validateInput: (value) =>
      apiAddressOf(value) === undefined ? vscode.l10n.t('Enter an address such as https://10.5.0.1:443.') : undefined,
  });
  const url = text === undefined ? undefined : apiAddressOf(text);
  if (url !== undefined) await writeApiServer(url);
  return url;
}

async function chooseWay(): Promise<'existing' | 'register' | undefined> {
  const items = [
    {
      label: vscode.l10n.t('Enter the existing client'),
      detail: vscode.l10n.t('Its id and secret are CI variables of the GitLab project'),
      way: 'existing' as const,
    },
    {
      label: vscode.l10n.t('Register a client'),
      detail: vscode.l10n.t('With user and password of the API; it takes one client only'),
      way: 'register' as const,
    },
  ];
  return (await window.showQuickPick(items, { title: vscode.l10n.t('Sign In to BuildStreaM API') }))?.way;
}
