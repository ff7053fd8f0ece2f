import type { TlsPolicy } from '@omnia-buildstream/http/tls/policy';
import * as vscode from 'vscode';
import { lacking, ways } from '../../errors/lacking.ts';
import { readCaFile } from '../../auth/caFile.ts';
import { nameToEdit, settingFor, settingOfUser } from '../../settings/readSetting.ts';
import { trustAt } from '../../settings/userTrust.ts';
import { readEngineSettings, readPins, type EngineSettings } from './readEngineSettings.ts';
import { userOnlySettings } from './readStageSettings.ts';
import { SettingFault } from './settingFault.ts';
import { settledSettings } from './siteSettings.ts';
import { somebodysOwn } from './somebodysOwn.ts';

const pinsSetting = 'engine.bmcPins';

/** The settings for a mapping file, with its project's buildstream.yml as the layer below them. @throws UserError */
export async function engineSettings(scope: vscode.Uri): Promise<EngineSettings> {
  const settled = await settledSettings(scope, (name) => somebodysOwn(scope, name));
  return inWords(
    () =>
      readEngineSettings((name) => {
        if (userOnlySettings.has(name)) return settingOfUser(name);
        const found = settled(name);
        return found === undefined ? settingFor(scope, name) : found.value;
      }),
    (name) => settled(name)?.from.includes('site') === true,
  );
}

/** The settings without any project's buildstream.yml: access to BMCs and to other services. @throws UserError */
export function ownEngineSettings(scope?: vscode.Uri): EngineSettings {
  return inWords(() =>
    readEngineSettings((name) => (userOnlySettings.has(name) ? settingOfUser(name) : settingFor(scope, name))),
  );
}

/** The folder in which the stage engine keeps its state. Undefined for the default folder. */
export function stateFolderOf(scope: vscode.Uri): string | undefined {
  const folder = vscode.workspace.getConfiguration('buildstream', scope).get<string>('engine.stateFolder', '').trim();
  return folder === '' ? undefined : folder;
}

/**
 * How to verify certificates of BMCs: by the trust map, and by the older settings `engine.caFile` and `engine.bmcPins`.
 * Only the user's own settings count, because a folder must not decide which servers to trust.
 * @param port port of the hosts; undefined for the port of the BMCs
 */
export async function bmcTls(port?: number): Promise<TlsPolicy> {
  const caFile = settingOfUser('engine.caFile');
  const pins = inWords(() => readPins(settingOfUser(pinsSetting)));
  const isGiven = typeof caFile === 'string' && caFile.trim() !== '';
  const trust = await trustAt(port ?? ownEngineSettings().bmcPort);
  return {
    ca: isGiven ? await readCaFile(caFile.trim()) : undefined,
    authorities: trust.authorities,
    pins: [...trust.pins, ...pins],
  };
}

function inWords<T>(read: () => T, isOfSite: (setting: string) => boolean = () => false): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SettingFault)) throw error;
    if (isOfSite(error.setting)) {
      const key = error.setting.slice(error.setting.lastIndexOf('.') + 1);
      throw lacking(vscode.l10n.t('{0} in buildstream.yml cannot be used. Correct it first.', key), ways.siteFile());
    }
    throw lacking(
      vscode.l10n.t('The setting buildstream.{0} cannot be used. Correct it first.', nameToEdit(error.setting)),
      ways.setting(nameToEdit(error.setting)),
    );
  }
}
