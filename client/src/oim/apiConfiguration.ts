import { normalFingerprint, type TlsPolicy } from '@omnia-buildstream/http/tls/policy';
import * as vscode from 'vscode';
import { lacking, ways } from '../errors/lacking.ts';
import { readCaFile } from '../auth/caFile.ts';
import { backendsTaking, isEditorBackend, type EditorBackend } from '../stages/editorBackends.ts';
import { hostOf, portOf, trustedOn } from '../settings/trust.ts';
import { trustRules } from '../settings/userTrust.ts';
import type { StageRequest } from '../stages/taskDefinition.ts';
import { apiAddressOf } from './apiAddress.ts';

const urlSetting = 'api.url';
const fingerprintSetting = 'api.fingerprint';

/** Whether the settings name an API. `apiServer` checks whether its address is valid. */
export function hasApi(): boolean {
  return textOf('api.url') !== '';
}

/** The backend for requests that do not name one. */
export function usualBackend(): EditorBackend {
  const value = vscode.workspace.getConfiguration('buildstream').get<unknown>('engine.backend');
  return isEditorBackend(value) ? value : 'direct';
}

/** The backend of a request: the one it names, else the usual one, unless only another one supports its limits. */
export function backendOf(request: StageRequest): EditorBackend {
  const usual = usualBackend();
  return request.backend ?? backendsTaking(request.stage, request, usual)[0] ?? usual;
}

/** The address in the settings. Undefined if there is none. @throws UserError if it is not valid */
export function apiServer(): URL | undefined {
  const text = textOf(urlSetting);
  if (text === '') return undefined;
  const url = apiAddressOf(text);
  if (url !== undefined) return url;
  throw lacking(
    vscode.l10n.t(
      'The setting buildstream.api.url is not the address of a BuildStreaM API. Expected an address like https://10.5.0.1:443.',
    ),
    ways.setting(urlSetting),
  );
}

export async function writeApiServer(url: URL): Promise<void> {
  const config = vscode.workspace.getConfiguration('buildstream');
  await config.update(urlSetting, url.href.replace(/\/$/, ''), vscode.ConfigurationTarget.Global);
}

/**
 * How to verify the API's certificate: by the trust map, else by the older settings `api.caFile` and `api.fingerprint`.
 * Only the user's own settings count, because a folder must not decide which servers to trust.
 */
export async function apiTls(server: URL): Promise<TlsPolicy> {
  const trusted = trustedOn(trustRules(), hostOf(server), portOf(server));
  if (trusted?.kind === 'pin') return { ca: undefined, pins: [{ hosts: '*', value: trusted.fingerprint }] };
  if (trusted?.kind === 'authority') return { ca: await readCaFile(trusted.file), pins: [] };
  const [caFile, fingerprint] = [ofUser('api.caFile'), ofUser(fingerprintSetting)];
  if (fingerprint !== '' && normalFingerprint(fingerprint).length !== 64) {
    throw lacking(
      vscode.l10n.t('The setting buildstream.api.fingerprint is not a SHA-256 fingerprint.'),
      ways.setting(fingerprintSetting),
    );
  }
  return {
    ca: caFile === '' ? undefined : await readCaFile(caFile),
    pins: fingerprint === '' ? [] : [{ hosts: '*', value: fingerprint }],
  };
}

function textOf(name: string): string {
  const value = vscode.workspace.getConfiguration('buildstream').get<unknown>(name);
  return typeof value === 'string' ? value.trim() : '';
}

function ofUser(name: string): string {
  const value = vscode.workspace.getConfiguration('buildstream').inspect<unknown>(name)?.globalValue;
  return typeof value === 'string' ? value.trim() : '';
}
