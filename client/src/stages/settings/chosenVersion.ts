import { isOmniaVersion, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import type * as vscode from 'vscode';
import { somebodysOwn } from './somebodysOwn.ts';
import { settledSettings } from './siteSettings.ts';

const versionSetting = 'omniaVersion';

/**
 * The Omnia version that the user, else the project's buildstream.yml, sets for a mapping file. Undefined to detect it.
 * @throws UserError
 */
export async function chosenVersion(uri: vscode.Uri): Promise<OmniaVersion | undefined> {
  const settled = await settledSettings(uri, (name) => {
    const own = somebodysOwn(uri, name);
    return own === 'auto' ? undefined : own;
  });
  const version = settled(versionSetting)?.value;
  return typeof version === 'string' && isOmniaVersion(version) ? version : undefined;
}
