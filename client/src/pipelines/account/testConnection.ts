import { isGitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import * as vscode from 'vscode';
import { lacking, ways } from '../../errors/lacking.ts';
import type { TokenStore } from '../../auth/tokenStore.ts';
import { offerPin } from './certificate.ts';
import { clientOf } from './connection.ts';
import type { ProjectSession } from '../project/projectSession.ts';
import { tokenLines } from './tokenWords.ts';
import { window } from '../../platform/window.ts';
import { clock } from '../../platform/clock.ts';

const testTimeoutMs = 30_000;

/** Tests the connection step by step and shows the results. Offers to pin a certificate that is not trusted. */
export async function testConnection(tokens: TokenStore, session: ProjectSession): Promise<void> {
  const [only, ...others] = await tokens.all();
  if (only === undefined) {
    throw lacking(vscode.l10n.t('You are not signed in to any GitLab server.'), ways.signIn());
  }
  const hosts = [only, ...others].map(({ origin }) => origin);
  const origin =
    others.length === 0 ? only.origin : await window.showQuickPick(hosts, { title: vscode.l10n.t('Test Connection') });
  if (origin === undefined) return;
  const lines = await factsOrPin(origin, tokens);
  if (lines === undefined) return;
  await session.reset();
  const open = await session.current();
  const project =
    open === undefined
      ? vscode.l10n.t('No project was found. Select one.')
      : vscode.l10n.t('Project: {0}.', open.project.path);
  void window.showInformationMessage([...lines, project].join(' '));
}

async function factsOrPin(origin: string, tokens: TokenStore): Promise<string[] | undefined> {
  try {
    return await facts(origin, tokens);
  } catch (error) {
    if (!isGitLabError(error, 'tls')) throw error;
    return (await offerPin(origin, error)) ? facts(origin, tokens) : undefined;
  }
}

async function facts(origin: string, tokens: TokenStore): Promise<string[]> {
  const client = await clientOf(origin, async () => (await tokens.of(origin))?.token);
  const call = { signal: AbortSignal.timeout(testTimeoutMs) };
  try {
    const version = await client.identity.version(call);
    const user = await client.identity.user(call);
    const info = await client.identity.token(call);
    const { host } = new URL(origin);
    return [
      vscode.l10n.t('{0} is responding: GitLab {1}, user {2}.', host, version, user.username),
      ...tokenLines(info, clock.now()),
    ];
  } finally {
    await client.close();
  }
}
