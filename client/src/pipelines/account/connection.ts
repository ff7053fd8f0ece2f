import { refused } from '@omnia-buildstream/core/errors/userError';
import { GitLabClient } from '@omnia-buildstream/gitlab/api/client';
import { systemClock } from '@omnia-buildstream/gitlab/clock';
import { proxyFor, ProxyAddressError } from '@omnia-buildstream/gitlab/http/proxy';
import { readFingerprint, type Trust } from '@omnia-buildstream/gitlab/http/trust';
import * as vscode from 'vscode';
import { readCaFile } from '../../auth/caFile.ts';
import { serverSettings, type ServerSettings } from '../../auth/serverSettings.ts';
import { serversOfUser } from '../../auth/userServers.ts';
import { lacking, ways } from '../../errors/lacking.ts';
import { clock } from '../../platform/clock.ts';
import { hostOf, portOf, trustedOn } from '../../settings/trust.ts';
import { trustRules } from '../../settings/userTrust.ts';

/** How to reach a server: what its certificate is checked against, and the proxy. */
export interface Route {
  readonly server: URL;
  readonly trust: Trust;
  readonly proxy: URL | undefined;
}

/** The settings for one server. @throws UserError if the CA file, the fingerprint, or the proxy cannot be used */
export async function routeTo(origin: string): Promise<Route> {
  const server = new URL(origin);
  const { caFile, fingerprint } = trustFor(server);
  const pin = fingerprint === undefined ? undefined : readFingerprint(fingerprint);
  if (fingerprint !== undefined && pin === undefined) {
    throw lacking(
      vscode.l10n.t('The fingerprint for {0} in the settings is not a SHA-256 fingerprint.', origin),
      ways.setting('gitlab.servers'),
    );
  }
  const ca = caFile === undefined ? undefined : await readCaFile(caFile);
  return { server, trust: { ca, pin }, proxy: proxyTo(server) };
}

/** The trust rule for this server, otherwise its entry in the older setting `buildstream.gitlab.servers`. */
function trustFor(server: URL): ServerSettings {
  const trusted = trustedOn(trustRules(), hostOf(server), portOf(server));
  if (trusted === undefined) return serverSettings(serversOfUser(), server.origin);
  return trusted.kind === 'pin'
    ? { caFile: undefined, fingerprint: trusted.fingerprint }
    : { caFile: trusted.file, fingerprint: undefined };
}

/** @throws UserError for an unusable address; VS Code also accepts proxies of other kinds, such as SOCKS */
function proxyTo(server: URL): URL | undefined {
  try {
    return proxyFor(server, proxySettings());
  } catch (error) {
    if (!(error instanceof ProxyAddressError)) throw error;
    throw refused(
      vscode.l10n.t(
        'The proxy in the settings (http.proxy) or the environment is not an address such as http://proxy.example.com:3128.',
      ),
    );
  }
}

/** Creates a client for this server. The caller owns it. */
export async function clientOf(origin: string, token: () => Promise<string | undefined>): Promise<GitLabClient> {
  const { server, trust } = await routeTo(origin);
  return new GitLabClient({ server, trust, proxy: proxySettings(), token, clock, limitClock: systemClock });
}

function proxySettings() {
  const http = vscode.workspace.getConfiguration('http');
  return { proxy: http.get<string>('proxy'), noProxy: http.get<readonly string[]>('noProxy'), env: process.env };
}
