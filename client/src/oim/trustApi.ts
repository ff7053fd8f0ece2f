import { refused } from '@omnia-buildstream/core/errors/userError';
import { defaultBackOff } from '@omnia-buildstream/oim/api/backOff';
import { OimCredential } from '@omnia-buildstream/oim/api/credential';
import { OimError } from '@omnia-buildstream/oim/oimError';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import * as vscode from 'vscode';
import { offerApiPin } from './apiCertificate.ts';
import { whileAsking } from '../platform/whileAsking.ts';
import { withApi } from './openApi.ts';

const nobody = new OimCredential('', '');
/** Fewer attempts than usual, because the user is waiting for the response and can try again. */
const brief = { ...defaultBackOff, attempts: 2 };

/**
 * Asks the API for its health, which requires no secret, and for its identity, so that no secret goes to another
 * server. Shows an untrusted certificate, which the user can pin. Resolves to the health that the API reports, or
 * undefined if its certificate stays untrusted. @throws OimError, UserError
 */
export async function healthOrPin(server: URL): Promise<string | undefined> {
  try {
    return await healthOf(server);
  } catch (error) {
    if (!OimError.is(error, 'tls')) throw error;
    return (await offerApiPin(server)) ? healthOf(server) : undefined;
  }
}

async function healthOf(server: URL): Promise<string> {
  const title = vscode.l10n.t('Contacting the BuildStreaM API at {0}', server.host);
  return whileAsking(title, (signal) =>
    withApi({ server, credential: nobody, backOff: brief }, async (client) => {
      const health = await client.health(signal);
      const identity = await client.identity(signal);
      if (identity === undefined || identity.isBuildStream) return health;
      throw refused(
        vscode.l10n.t(
          'The server at {0} says that it is {1}, not the BuildStreaM API. Check buildstream.api.url.',
          server.host,
          plainLine(identity.title),
        ),
      );
    }),
  );
}
