import type { HostRule } from '@omnia-buildstream/http/hosts/hostPattern';
import type { TlsPolicy } from '@omnia-buildstream/http/tls/policy';
import * as vscode from 'vscode';
import { readCaFile } from '../auth/caFile.ts';
import { lacking, ways } from '../errors/lacking.ts';
import { authoritiesAt, pinsAt, pinText, readTrust, trustSetting, withTrust, type TrustRule } from './trust.ts';

/**
 * Whom the user trusts, by host. Only the user's own settings count: a folder must not decide that.
 * @throws UserError if an entry cannot be used
 */
export function trustRules(): readonly TrustRule[] {
  const map = readTrust(trustOfUser());
  if (map.kind === 'rules') return map.rules;
  throw lacking(
    vscode.l10n.t(
      'The entry for {0} in buildstream.trust cannot be used. Expected a host, and sha256: with a fingerprint or the path of a PEM file.',
      map.host,
    ),
    ways.setting(trustSetting),
  );
}

/** The map as written in the settings. */
export function trustOfUser(): unknown {
  return vscode.workspace.getConfiguration('buildstream').inspect<unknown>(trustSetting)?.globalValue;
}

/** What certificates of many hosts are checked against, at one port. @throws UserError */
export async function trustAt(port: number): Promise<Required<Pick<TlsPolicy, 'authorities' | 'pins'>>> {
  const rules = trustRules();
  const texts = new Map<string, string>();
  const authorities: HostRule<string>[] = [];
  for (const { hosts, value: file } of authoritiesAt(rules, port)) {
    const text = texts.get(file) ?? (await readCaFile(file));
    texts.set(file, text);
    authorities.push({ hosts, value: text });
  }
  return { authorities, pins: pinsAt(rules, port) };
}

/** Pins one certificate for a host, in the user's settings. */
export async function pinHost(key: string, fingerprint: string): Promise<void> {
  await writeTrust(withTrust(trustOfUser(), key, pinText(fingerprint)));
}

/** Removes the setting if the map is empty. */
export async function writeTrust(map: Readonly<Record<string, unknown>>): Promise<void> {
  const value = Object.keys(map).length === 0 ? undefined : map;
  await vscode.workspace.getConfiguration('buildstream').update(trustSetting, value, vscode.ConfigurationTarget.Global);
}
