import { parseSlurm } from '@omnia-buildstream/runner/workload/places';
import type * as vscode from 'vscode';
import type { TokenStore } from '../auth/tokenStore.ts';
import { apiKeyOf } from '../oim/apiAddress.ts';
import { apiServer } from '../oim/apiConfiguration.ts';
import { clientsKey, readClients } from '../oim/storedClients.ts';
import { settingOfUser } from '../settings/readSetting.ts';
import { credentialsKey, readCredentials } from '../stages/bmc/storedCredentials.ts';
import { ServerTokens } from '../stages/tokens/serverTokens.ts';
import { slurmToken } from '../stages/tokens/tokenKinds.ts';
import type { ConnectionFacts } from './connectionRows.ts';

export interface ConnectionParts {
  readonly accounts: TokenStore;
  readonly secrets: vscode.SecretStorage;
  /** Address of the lab that the editor is connected to. */
  readonly lab: () => string | undefined;
}

/** Reads what is stored for every connection of the editor; contacts nobody. */
export async function connectionFacts({
  accounts,
  secrets,
  lab,
}: Omit<ConnectionParts, 'accounts'> & {
  readonly accounts: Pick<TokenStore, 'all'>;
}): Promise<ConnectionFacts> {
  const sessions = await accounts.all();
  const server = serverOrNone();
  const clients = server === undefined ? [] : readClients(await secrets.get(clientsKey));
  return {
    gitlab: sessions.map(({ origin, username }) => ({ host: new URL(origin).host, username })),
    api: server && { host: server.host, isSignedIn: clients.some(({ api }) => api === apiKeyOf(server)) },
    bmcs: readCredentials(await secrets.get(credentialsKey)).map(({ hosts }) => hosts),
    slurm: await slurmFacts(secrets),
    lab: lab(),
  };
}

async function slurmFacts(secrets: vscode.SecretStorage): Promise<ConnectionFacts['slurm']> {
  const given = settingOfUser('engine.slurm');
  const place = typeof given === 'string' ? parseSlurm(given.trim()) : undefined;
  if (place?.kind !== 'rest') return undefined;
  const token = await new ServerTokens(secrets, slurmToken).stored(place.server);
  return { host: place.server.host, hasToken: token !== undefined };
}

/** Undefined for an invalid address: the commands that need it report it. */
function serverOrNone(): URL | undefined {
  try {
    return apiServer();
  } catch {
    return undefined;
  }
}
