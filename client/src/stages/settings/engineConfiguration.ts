import { refused } from '@omnia-buildstream/core/errors/userError';
import type { TlsPolicy } from '@omnia-buildstream/http/tls/policy';
import * as vscode from 'vscode';
import { readCaFile } from '../../auth/caFile.ts';
import { readEngineSettings, readPins, type EngineSettings } from './readEngineSettings.ts';
import { userOnlySettings } from './readStageSettings.ts';
import { SettingFault } from './settingFault.ts';
import { settledSettings } from './siteSettings.ts';
import { somebodysOwn } from './somebodysOwn.ts';

const pinsSetting = 'engine.bmcPins';

/** The settings for a mapping file, with what its project's buildstream.yml says below them. @throws UserError */
export async function engineSettings(scope: vscode.Uri): Promise<EngineSettings> {
  const config = vscode.workspace.getConfiguration('buildstream', scope);
  const settled = await settledSettings(scope, (name) => somebodysOwn(scope, name));
  return inWords(
    () =>
      readEngineSettings((name) => {
        if (userOnlySettings.has(name)) return ofUser(name);
        const found = settled(name);
        return found === undefined ? config.get<unknown>(name) : found.value;
      }),
    (name) => settled(name)?.from.includes('site') === true,
  );
}

/** The settings without any project's: how BMCs are reached, and whom else this computer asks. @throws UserError */
export function ownEngineSettings(scope?: vscode.Uri): EngineSettings {
  const config = vscode.workspace.getConfiguration('buildstream', scope);
  return inWords(() =>
    readEngineSettings((name) => (userOnlySettings.has(name) ? ofUser(name) : config.get<unknown>(name))),
  );
}

/** Where the stage engine keeps its state; undefined: where it usually does. */
export function stateFolderOf(scope: vscode.Uri): string | undefined {
  const folder = vscode.workspace.getConfiguration('buildstream', scope).get<string>('engine.stateFolder', '').trim();
  return folder === '' ? undefined : folder;
}

/** What certificates of BMCs are measured by. Only the user's own settings count: a folder must not decide whom to trust. */
export async function bmcTls(): Promise<TlsPolicy> {
  const caFile = ofUser('engine.caFile');
  const pins = inWords(() => readPins(ofUser(pinsSetting)));
  const isGiven = typeof caFile === 'string' && caFile.trim() !== '';
  return { ca: isGiven ? await readCaFile(caFile.trim()) : undefined, pins };
}

/** Adds the fingerprint of one BMC to the user's settings. */
export async function writePin(host: string, fingerprint: string): Promise<void> {
  const before = ofUser(pinsSetting);
  const pins = { [host]: fingerprint, ...without(before, host) };
  const config = vscode.workspace.getConfiguration('buildstream');
  await config.update(pinsSetting, pins, vscode.ConfigurationTarget.Global);
}

function ofUser(name: string): unknown {
  return vscode.workspace.getConfiguration('buildstream').inspect<unknown>(name)?.globalValue;
}

function without(pins: unknown, host: string): Record<string, unknown> {
  const entries: [string, unknown][] = typeof pins === 'object' && pins !== null ? Object.entries(pins) : [];
  return Object.fromEntries(entries.filter(([hosts]) => hosts !== host));
}

function inWords<T>(read: () => T, isOfSite: (setting: string) => boolean = () => false): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SettingFault)) throw error;
    if (isOfSite(error.setting)) {
      const key = error.setting.slice(error.setting.lastIndexOf('.') + 1);
      throw refused(vscode.l10n.t('{0} in buildstream.yml cannot be used. Correct it first.', key));
    }
    throw refused(vscode.l10n.t('The setting buildstream.{0} cannot be used. Correct it first.', error.setting));
  }
}
