import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import type { BackOffSettings } from '@omnia-buildstream/oim/api/backOff';
import type { OimCredential } from '@omnia-buildstream/oim/api/credential';
import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import { openOim, type OimAccess } from '@omnia-buildstream/runner/oim/oimAccess';
import * as vscode from 'vscode';
import { lacking, ways } from '../errors/lacking.ts';
import { apiKeyOf } from './apiAddress.ts';
import type { ApiClients } from './apiClients.ts';
import { apiServer, apiTls } from './apiConfiguration.ts';
import { clock } from '../platform/clock.ts';

/** The API in the settings. @throws UserError if there is none */
export function demandApi(): URL {
  const server = apiServer();
  if (server !== undefined) return server;
  throw lacking(vscode.l10n.t('No BuildStreaM API is set. Sign in to one.'), ways.signInApi());
}

export async function accessTo(server: URL): Promise<OimAccess> {
  return { server, tls: await apiTls(server), clock, limitClock: systemClock, random: Math.random };
}

/** The stored client of an API. @throws UserError if signed out */
export async function demandCredential(clients: ApiClients, server: URL): Promise<OimCredential> {
  const credential = await clients.of(apiKeyOf(server));
  if (credential !== undefined) return credential;
  throw lacking(vscode.l10n.t('You are not signed in to the BuildStreaM API at {0}.', server.host), ways.signInApi());
}

interface ApiAsked {
  readonly server: URL;
  readonly credential: OimCredential;
  /** How often reads are retried. The default if absent. */
  readonly backOff?: BackOffSettings;
}

/** Opens the API. The caller closes it. @throws UserError */
export async function openApi({ server, credential, backOff }: ApiAsked): Promise<OimClient> {
  return openOim({ ...(await accessTo(server)), ...(backOff !== undefined && { backOff }) }, credential);
}

/** Opens the API for `work` and closes it. @throws UserError, OimError, or what `work` rejects with */
export async function withApi<T>(asked: ApiAsked, work: (client: OimClient) => Promise<T>): Promise<T> {
  const client = await openApi(asked);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}
