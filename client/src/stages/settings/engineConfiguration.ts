import { refused } from '@omnia-buildstream/core/errors/userError';
import type { TlsPolicy } from '@omnia-buildstream/http/tls/policy';
import * as vscode from 'vscode';
import { readCaFile } from '../../auth/caFile.ts';
import { readEngineSettings, readPins, type EngineSettings } from './readEngineSettings.ts';
import { userOnlySettings } from './readStageSettings.ts';
import { SettingFault } from './settingFault.ts';

const pinsSetting = 'engine.bmcPins';

/** The settings for a mapping file. @throws UserError for one that cannot be used */
export function engineSettings(scope: vscode.Uri | undefined): EngineSettings {
  const config = vscode.workspace.getConfiguration('buildstream', scope);
  return inWords(() =>
    readEngineSettings((name) => {
      if (name === 'engine.protectedNodes') return everywhere(scope, name);
      return userOnlySettings.has(name) ? ofUser(name) : config.get<unknown>(name);
    }),
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

/** What the user and the folder say together: neither takes away what the other protects. */
function everywhere(scope: vscode.Uri | undefined, name: string): unknown {
  const found = vscode.workspace.getConfiguration('buildstream', scope).inspect<unknown>(name);
  const values = [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue];
  const lists = values.flatMap((value) => value ?? []);
  return lists;
}

function ofUser(name: string): unknown {
  return vscode.workspace.getConfiguration('buildstream').inspect<unknown>(name)?.globalValue;
}

function without(pins: unknown, host: string): Record<string, unknown> {
  const entries: [string, unknown][] = typeof pins === 'object' && pins !== null ? Object.entries(pins) : [];
  return Object.fromEntries(entries.filter(([hosts]) => hosts !== host));
}

function inWords<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SettingFault)) throw error;
    throw refused(vscode.l10n.t('The setting buildstream.{0} cannot be used. Correct it first.', error.setting));
  }
}
