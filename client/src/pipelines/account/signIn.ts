import { refused } from '@omnia-buildstream/core/errors/userError';
import { isGitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import type { TokenInfo, User } from '@omnia-buildstream/gitlab/model/identity';
import * as vscode from 'vscode';
import { serverAddress } from '@omnia-buildstream/gitlab/project/server';
import type { StoredSession } from '../../auth/storedSessions.ts';
import type { TokenStore } from '../../auth/tokenStore.ts';
import { offerPin } from './certificate.ts';
import { clientOf } from './connection.ts';
import { problemLines, tokenLines } from './tokenWords.ts';
import { window } from '../../platform/window.ts';
import { clock } from '../../platform/clock.ts';

const checkTimeoutMs = 30_000;

/**
 * Asks for server and token, checks both, and stores the token.
 * @param suggested the server of the project, if known
 * @returns undefined if the user canceled
 */
export async function signIn(tokens: TokenStore, suggested: string | undefined): Promise<StoredSession | undefined> {
  const address = await askServer(suggested);
  return address === undefined ? undefined : signInTo(tokens, address);
}

/** Continues once the server is known. @returns undefined if the user canceled */
export async function signInTo(tokens: TokenStore, address: string): Promise<StoredSession | undefined> {
  const token = await askToken(address);
  if (token === undefined) return undefined;
  const found = await findServer(address, token);
  if (found === undefined) return undefined;
  const { origin, checked } = found;
  const session = { origin, token, username: checked.user.username, scopes: checked.info.scopes };
  await tokens.save(session);
  const lines = tokenLines(checked.info, clock.now()).join(' ');
  const message = `${vscode.l10n.t('Signed in to {0} as {1}.', new URL(origin).host, session.username)} ${lines}`;
  // Not awaited: the message stays until the user closes it.
  if (problemLines(checked.info, clock.now()).length > 0) void window.showWarningMessage(message);
  else void window.showInformationMessage(message);
  return session;
}

/** @param suggested the server of the project, if known */
export async function askServer(suggested: string | undefined): Promise<string | undefined> {
  const text = await window.showInputBox({
    title: vscode.l10n.t('Sign In to GitLab (1/2)'),
    prompt: vscode.l10n.t('Address of the GitLab server'),
    placeHolder: 'https://gitlab.example.com',
    value: suggested ?? 'https://',
    ignoreFocusOut: true,
    validateInput: (value) => serverProblem(value),
  });
  return text === undefined ? undefined : serverAddress(text);
}

function serverProblem(text: string): string | undefined {
  const origin = serverAddress(text);
  if (origin === undefined) return vscode.l10n.t('Enter an address such as https://gitlab.example.com.');
  const { protocol, hostname } = new URL(origin);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'https:' || isLocal ? undefined : vscode.l10n.t('A token is sent over https:// only.');
}

async function askToken(origin: string): Promise<string | undefined> {
  const text = await window.showInputBox({
    title: vscode.l10n.t('Sign In to GitLab (2/2)'),
    prompt: vscode.l10n.t(
      'Access token with the scope api, created in GitLab under Preferences > Access tokens. It is kept in the secret storage of VS Code and sent to {0} only.',
      new URL(origin).host,
    ),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('Paste the token.') : undefined),
  });
  const token = text?.trim();
  return token === '' ? undefined : token;
}

interface Checked {
  readonly user: User;
  readonly info: TokenInfo;
}

/** Whether an error shows that the address is not that of a server but, for example, of a project page. */
const isNoServer = (error: unknown) => isGitLabError(error, 'not-found', 'unexpected-answer', 'sign-in-page');

/**
 * GitLab may live below a path. If the address is not that of a server, for example of a project, its origin is tried.
 */
async function findServer(address: string, token: string): Promise<{ origin: string; checked: Checked } | undefined> {
  const { origin } = new URL(address);
  try {
    const checked = await checkOrPin(address, token);
    return checked === undefined ? undefined : { origin: address, checked };
  } catch (error) {
    if (address === origin || !isNoServer(error)) throw error;
    const checked = await checkOrPin(origin, token);
    return checked === undefined ? undefined : { origin, checked };
  }
}

async function checkOrPin(origin: string, token: string): Promise<Checked | undefined> {
  try {
    return await check(origin, token);
  } catch (error) {
    if (!isGitLabError(error, 'tls')) throw error;
    return (await offerPin(origin, error)) ? check(origin, token) : undefined;
  }
}

async function check(origin: string, token: string): Promise<Checked> {
  const client = await clientOf(origin, () => Promise.resolve(token));
  const call = { signal: AbortSignal.timeout(checkTimeoutMs) };
  try {
    const info = await client.identity.token(call);
    const problems = problemLines(info, clock.now());
    const isUseless = !['api', 'read_api', 'granular'].some((scope) => info.scopes.includes(scope));
    if (isUseless) throw refused(problems.join(' '));
    return { info, user: await client.identity.user(call) };
  } finally {
    await client.close();
  }
}

/** Deletes the stored token of a server; if there are several, the user selects the server. */
export async function signOut(tokens: TokenStore): Promise<void> {
  const sessions = await tokens.all();
  if (sessions.length === 0) throw refused(vscode.l10n.t('You are not signed in to any GitLab server.'));
  const items = sessions.map(({ origin, username }) => ({
    label: new URL(origin).host,
    description: username,
    origin,
  }));
  const chosen =
    items.length === 1 ? items[0] : await window.showQuickPick(items, { title: vscode.l10n.t('Sign Out of GitLab') });
  if (chosen === undefined) return;
  await tokens.remove(chosen.origin);
  void window.showInformationMessage(vscode.l10n.t('Signed out of {0}. The token was deleted here.', chosen.label));
}
