import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { saidOf } from '@omnia-buildstream/core/text/saidError';
import { refused } from '@omnia-buildstream/core/errors/userError';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { showCertificate } from '@omnia-buildstream/http/tls/showCertificate';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import * as vscode from 'vscode';
import { say } from '../platform/say.ts';
import { askToPin } from '../platform/certificateDialog.ts';
import { hostOf, portOf, trustKey } from '../settings/trust.ts';
import { pinHost } from '../settings/userTrust.ts';

const limit = { timeoutMs: 10_000, clock: systemClock };

/** Shows the untrusted certificate of an API and pins it if the user agrees. Resolves to whether it was pinned. */
export async function offerApiPin(server: URL): Promise<boolean> {
  const shown = await showCertificate(hostOf(server), portOf(server), limit).catch((error: unknown) => {
    const reason = wordsOf(saidOf(error), say);
    throw refused(vscode.l10n.t('The certificate of {0} cannot be fetched: {1}', server.host, plainLine(reason)));
  });
  const advice = vscode.l10n.t(
    'Compare the fingerprint with the one on the management server. Once pinned, this certificate is the only one accepted for the BuildStreaM API.',
  );
  if (!(await askToPin({ host: server.host, chain: [shown], advice }))) return false;
  await pinHost(trustKey(server), shown.fingerprint);
  return true;
}
