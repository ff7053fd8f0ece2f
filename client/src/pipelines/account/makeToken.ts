import { hasOwnTokenForm, tokenPage } from '@omnia-buildstream/gitlab/project/tokenPage';
import * as vscode from 'vscode';
import type { StoredSession } from '../../auth/storedSessions.ts';
import type { TokenStore } from '../../auth/tokenStore.ts';
import { window } from '../../platform/window.ts';
import { clientOf } from './connection.ts';
import { askServer, signInTo } from './signIn.ts';

const versionTimeoutMs = 10_000;

/**
 * Opens the server's page for creating a token, with name and scope filled in, then asks for that token.
 * @param suggested the server of the project, if known
 * @returns undefined if the user canceled
 */
export async function makeToken(tokens: TokenStore, suggested: string | undefined): Promise<StoredSession | undefined> {
  const address = await askServer(suggested);
  if (address === undefined) return undefined;
  const hasOwnForm = (await knownForm(tokens, address)) ?? (await askForm(address));
  if (hasOwnForm === undefined) return undefined;
  await vscode.env.openExternal(vscode.Uri.parse(tokenPage(address, hasOwnForm), true));
  return signInTo(tokens, address);
}

/** A server reports its version only to signed-in users. Errors are ignored, because the user knows the version too. */
async function knownForm(tokens: TokenStore, address: string): Promise<boolean | undefined> {
  const session = await tokens.of(address);
  if (session === undefined) return undefined;
  const client = await clientOf(address, () => Promise.resolve(session.token));
  try {
    return hasOwnTokenForm(await client.identity.version({ signal: AbortSignal.timeout(versionTimeoutMs) }));
  } catch {
    return undefined;
  } finally {
    await client.close();
  }
}

async function askForm(address: string): Promise<boolean | undefined> {
  const items = [
    { label: vscode.l10n.t('GitLab 18.11 or Newer'), hasOwnForm: true },
    { label: vscode.l10n.t('Older Than GitLab 18.11'), hasOwnForm: false },
  ];
  const title = vscode.l10n.t('Version of {0}', new URL(address).host);
  const placeHolder = vscode.l10n.t('The version is shown in GitLab under Help.');
  return (await window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true }))?.hasOwnForm;
}
