import * as vscode from 'vscode';
import { apiServer } from '../oim/apiConfiguration.ts';
import { window } from '../platform/window.ts';
import type { Place } from './movedSettings.ts';
import { oldNames, planMigration, siteText, type Migration } from './planMigration.ts';

const targets: Readonly<Record<Place, vscode.ConfigurationTarget>> = {
  globalValue: vscode.ConfigurationTarget.Global,
  workspaceValue: vscode.ConfigurationTarget.Workspace,
  workspaceFolderValue: vscode.ConfigurationTarget.WorkspaceFolder,
};

/** Where settings are looked up: the window, or each folder of a workspace with several. */
function scopes(): readonly (vscode.Uri | undefined)[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length > 1 ? folders.map(({ uri }) => uri) : [folders[0]?.uri];
}

/** Whether any old setting is set. */
export function hasOldSettings(): boolean {
  return scopes().some((scope) => oldNames(inspectIn(scope)).length > 0);
}

/** Moves old settings to their current names, in the same scope, after showing what it moves. */
export async function migrateSettings(): Promise<void> {
  const site = siteText(inspectIn(scopes()[0]));
  if (site !== '') {
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: site });
    await vscode.window.showTextDocument(document, { preview: false });
    void window.showInformationMessage(
      vscode.l10n.t(
        'These settings can stand in buildstream.yml of the project. Save them there, then clear them here.',
      ),
    );
  }
  if (!hasOldSettings()) {
    if (site !== '') return;
    void window.showInformationMessage(vscode.l10n.t('No old setting is set.'));
    return;
  }
  const bmcs = await askBmcs();
  if (bmcs === undefined) return;
  const api = apiOrNone();
  const plans = scopes().map((scope) => ({ scope, plan: planMigration(inspectIn(scope), { api, bmcs }) }));
  const names = [...new Set(plans.flatMap(({ plan }) => plan.flatMap(linesOf)))];
  if (names.length === 0) {
    void window.showInformationMessage(
      vscode.l10n.t('Nothing was moved: set buildstream.api.url first, so that it is known whose certificate it is.'),
    );
    return;
  }
  const migrate = vscode.l10n.t('Migrate');
  const question = vscode.l10n.t('Migrate old settings? Their values stay the same.');
  if ((await window.ask(question, [names], migrate)) !== migrate) return;
  for (const { scope, plan } of plans) for (const one of plan) await write(scope, one);
  void window.showInformationMessage(vscode.l10n.t('Migrated {0} settings.', names.length));
}

/** Asks for which BMCs the CA file holds that used to apply to all of them. */
async function askBmcs(): Promise<readonly string[] | undefined> {
  const file = inspectIn(undefined)('engine.caFile')?.globalValue;
  if (typeof file !== 'string' || file.trim() === '') return [];
  const text = await window.showInputBox({
    title: vscode.l10n.t('Migrate Old Settings'),
    prompt: vscode.l10n.t('BMCs whose certificates {0} signed, as hosts or networks separated by commas', file),
    placeHolder: '10.6.*',
    ignoreFocusOut: true,
  });
  return text?.split(',').flatMap((host) => (host.trim() === '' ? [] : [host.trim()]));
}

/** Writes the new value before it removes the old one. */
async function write(scope: vscode.Uri | undefined, { place, now, value, old }: Migration): Promise<void> {
  const config = vscode.workspace.getConfiguration('buildstream', scope);
  await config.update(now, value, targets[place]);
  for (const name of old) await config.update(name, undefined, targets[place]);
}

function linesOf({ now, old }: Migration): string[] {
  return old.map((name) => `buildstream.${name} → buildstream.${now}`);
}

function inspectIn(scope: vscode.Uri | undefined) {
  const config = vscode.workspace.getConfiguration('buildstream', scope);
  return (name: string) => config.inspect<unknown>(name);
}

function apiOrNone(): URL | undefined {
  try {
    return apiServer();
  } catch {
    return undefined;
  }
}
