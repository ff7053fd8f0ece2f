import type { GitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { inspectServer, type CertificateInfo } from '@omnia-buildstream/gitlab/http/inspect';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import * as vscode from 'vscode';
import { withFingerprint } from '../../auth/serverSettings.ts';
import { serversOfUser, writeServers } from '../../auth/userServers.ts';
import { routeTo } from './connection.ts';
import { window } from '../../platform/window.ts';

const inspectTimeoutMs = 10_000;

/**
 * Shows the certificate of a server that is not trusted, and pins it when the user says so. Nothing is sent to the
 * server but the handshake.
 * @param error what the server's certificate led to
 * @returns true when it was pinned
 * @throws the error, when the server shows no certificate
 */
export async function offerPin(origin: string, error: GitLabError): Promise<boolean> {
  const { server, trust, proxy } = await routeTo(origin);
  // Without a handshake there is nothing to see, and what was wrong is told as it was.
  const look = inspectServer(server, { trust, proxy, timeoutMs: inspectTimeoutMs });
  const { chain, problem } = await look.catch(() => ({ chain: [], problem: undefined }));
  const [own] = chain;
  if (own === undefined) throw error;
  const isOther = trust.pin !== undefined && trust.pin !== own.fingerprint;
  const notPinned = vscode.l10n.t('it is not the pinned certificate');
  const facts = [
    ...chain.map(certificateText),
    vscode.l10n.t('What is wrong: {0}', isOther ? notPinned : (problem ?? notPinned)),
    vscode.l10n.t(
      'Compare the fingerprint with the one on the server. A pinned certificate is accepted for this server only, and no other one is accepted any more.',
    ),
  ];
  const pin = vscode.l10n.t('Pin This Certificate');
  const message = vscode.l10n.t('The certificate of {0} is not trusted.', server.host);
  if ((await window.ask(message, facts, pin)) !== pin) return false;
  await writeServers(withFingerprint(serversOfUser(), origin, own.fingerprint));
  return true;
}

function certificateText({ subject, issuer, names, validFromMs, validToMs, fingerprint }: CertificateInfo): Paragraph {
  return [
    subject,
    vscode.l10n.t('Signed by: {0}', issuer),
    ...(names.length === 0 ? [] : [vscode.l10n.t('For: {0}', names.join(', '))]),
    vscode.l10n.t('Valid: {0} to {1}', dayText(validFromMs), dayText(validToMs)),
    `SHA-256: ${fingerprint}`,
  ];
}

export function dayText(ms: number): string {
  return Number.isNaN(ms) ? '?' : new Date(ms).toISOString().slice(0, 10);
}
