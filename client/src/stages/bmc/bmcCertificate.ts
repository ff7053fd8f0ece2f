import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { saidOf } from '@omnia-buildstream/core/text/saidError';
import { refused } from '@omnia-buildstream/core/errors/userError';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { showCertificate } from '@omnia-buildstream/http/tls/showCertificate';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import * as vscode from 'vscode';
import { askToPin } from '../../platform/certificateDialog.ts';
import { say } from '../../platform/say.ts';
import { pinHost } from '../../settings/userTrust.ts';

const limit = { timeoutMs: 10_000, clock: systemClock };

/** Shows the untrusted certificate of a BMC and pins it if the user agrees. Resolves to whether it was pinned. */
export async function offerPin(bmcIp: string, port: number): Promise<boolean> {
  const shown = await showCertificate(bmcIp, port, limit).catch((error: unknown) => {
    const reason = plainLine(wordsOf(saidOf(error), say));
    throw refused(vscode.l10n.t('The certificate of {0} cannot be fetched: {1}', bmcIp, reason));
  });
  const advice = vscode.l10n.t(
    'Compare the fingerprint with the one that the BMC shows. Once pinned, this certificate is the only one accepted for this BMC.',
  );
  if (!(await askToPin({ host: bmcIp, chain: [shown], advice }))) return false;
  await pinHost(bmcIp, shown.fingerprint);
  return true;
}
