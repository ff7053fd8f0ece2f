import * as vscode from 'vscode';
import type { MappingStatuses } from '../language/mappingStatuses.ts';
import { versionLabel, versionNames, versionReason } from '../language/versionNames.ts';
import { writeSetting } from './writeSetting.ts';
import { window } from '../platform/window.ts';

interface VersionItem extends vscode.QuickPickItem {
  readonly value: string;
}

/** Lets the user choose `buildstream.omniaVersion` for this workspace. */
export async function selectOmniaVersion(statuses: MappingStatuses): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const status = uri && statuses.get(uri);
  const current = vscode.workspace.getConfiguration('buildstream', uri).get<string>('omniaVersion', 'auto');
  const found = status === undefined ? '' : `${versionLabel(status.version)}, ${versionReason(status)}`;
  const items: VersionItem[] = [
    {
      value: 'auto',
      label: vscode.l10n.t('Detect automatically'),
      description: vscode.l10n.t('from the folder, the columns and the roles'),
      ...(current === 'auto' && found !== '' && { detail: vscode.l10n.t('now: {0}', found) }),
    },
    ...versionNames().map(({ version, label, description }) => ({ value: version, label, description })),
  ];
  const choice = await window.showQuickPick(
    items.map((item) => ({ ...item, label: `${item.value === current ? '$(check)' : '$(blank)'} ${item.label}` })),
    {
      title: vscode.l10n.t('Omnia Version'),
      placeHolder: vscode.l10n.t('Mapping files are checked for this version of Omnia'),
      matchOnDescription: true,
    },
  );
  if (choice !== undefined) await writeSetting('omniaVersion', choice.value, uri);
}
