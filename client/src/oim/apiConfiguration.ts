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

/** Whether an API is named at all; whether its address is one, `apiServer` tells. */
export function hasApi(): boolean {
  return textOf('api.url') !== '';
}

/** Who runs a stage that does not say it. */
export function usualBackend(): EditorBackend {
  const value = vscode.workspace.getConfiguration('buildstream').get<unknown>('engine.backend');
  return isEditorBackend(value) ? value : 'direct';
}

/** Who runs a request: who is named, else the usual one, unless only another one takes what it is limited to. */
export function backendOf(request: StageRequest): EditorBackend {
  const usual = usualBackend();
  return request.backend ?? backendsTaking(request.stage, request, usual)[0] ?? usual;
}

/** The address in the settings; undefined: none. @throws UserError when it is not an address */
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
 * What the API's certificate is measured by: the map of trust, else `api.caFile` and `api.fingerprint`, which were before
 * it. Only the user's own settings count: a folder must not decide whom to trust.
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
