import type { GitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { inspectServer, type CertificateInfo } from '@omnia-buildstream/gitlab/http/inspect';
import type { CertificateFacts } from '@omnia-buildstream/core/text/certificateLines';
import * as vscode from 'vscode';
import { askToPin } from '../../platform/certificateDialog.ts';
import { trustKey } from '../../settings/trust.ts';
import { pinHost } from '../../settings/userTrust.ts';
import { routeTo } from './connection.ts';

const inspectTimeoutMs = 10_000;

/**
 * Shows the certificate of a server that is not trusted and pins it if the user agrees. Apart from the handshake,
 * nothing is sent to the server.
 * @param error the error that the server's certificate caused
 * @returns true if it was pinned
 * @throws what was given as `error`, if the server shows no certificate
 */
export async function offerPin(origin: string, error: GitLabError): Promise<boolean> {
  const { server, trust, proxy } = await routeTo(origin);
  // Without a handshake there is no certificate to show; the original error is thrown then.
  const look = inspectServer(server, { trust, proxy, timeoutMs: inspectTimeoutMs });
  const { chain, problem } = await look.catch(() => ({ chain: [], problem: undefined }));
  const [own, ...signers] = chain;
  if (own === undefined) throw error;
  const isOther = trust.pin !== undefined && trust.pin !== own.fingerprint;
  const notPinned = vscode.l10n.t('it is not the pinned certificate');
  const asked = {
    host: server.host,
    chain: [factsOf(own), ...signers.map(factsOf)] as const,
    problem: isOther ? notPinned : (problem ?? notPinned),
    advice: vscode.l10n.t(
      'Compare the fingerprint with the one on the server. Once pinned, this certificate is the only one accepted for this server.',
    ),
  };
  if (!(await askToPin(asked))) return false;
  await pinHost(trustKey(server), own.fingerprint);
  return true;
}

function factsOf({ validFromMs, validToMs, ...certificate }: CertificateInfo): CertificateFacts {
  return { ...certificate, validFrom: dayText(validFromMs), validTo: dayText(validToMs) };
}

export function dayText(ms: number): string {
  return Number.isNaN(ms) ? '?' : new Date(ms).toISOString().slice(0, 10);
}
