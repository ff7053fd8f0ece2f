import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { showCertificate } from '@omnia-buildstream/http/tls/showCertificate';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import * as vscode from 'vscode';
import { Refusal } from '../../platform/refusal.ts';
import { writePin } from '../settings/engineConfiguration.ts';
import { window } from '../../platform/window.ts';

const limit = { timeoutMs: 10_000, clock: systemClock };

/** Shows the certificate of a BMC that is not trusted, and pins it when the user says so. Resolves to whether it was. */
export async function offerPin(bmcIp: string, port: number): Promise<boolean> {
  const shown = await showCertificate(bmcIp, port, limit).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refusal(vscode.l10n.t('The certificate of {0} cannot be fetched: {1}', bmcIp, plainLine(reason)));
  });
  const facts = [
    plainLine(shown.subject),
    vscode.l10n.t('Signed by: {0}', plainLine(shown.issuer)),
    vscode.l10n.t('Valid: {0} to {1}', plainLine(shown.validFrom), plainLine(shown.validTo)),
    `SHA-256: ${shown.fingerprint}`,
    vscode.l10n.t(
      'Compare the fingerprint with the one that the BMC shows. A pinned certificate is accepted for this BMC only, and no other one is accepted any more.',
    ),
  ];
  const pin = vscode.l10n.t('Pin This Certificate');
  const message = vscode.l10n.t('The certificate of {0} is not trusted.', bmcIp);
  if ((await window.ask(message, facts, pin)) !== pin) return false;
  await writePin(bmcIp, shown.fingerprint);
  return true;
}
