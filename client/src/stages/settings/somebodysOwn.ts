import * as vscode from 'vscode';
import { movedTo } from '../../settings/movedSettings.ts';
import { settingFor } from '../../settings/readSetting.ts';

/** The explicit value of a setting, under its old name or its current one. Undefined if only its default applies. */
export function somebodysOwn(scope: vscode.Uri | undefined, name: string): unknown {
  if (movedTo(name) !== undefined) return settingFor(scope, name);
  const config = vscode.workspace.getConfiguration('buildstream', scope);
  const found = config.inspect<unknown>(name);
  const values = [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue];
  if (values.every((value) => value === undefined)) return undefined;
  // Values of the user and the folder are combined, so that neither can remove a node that the other protects.
  return name === 'engine.protectedNodes' ? values.flatMap((value) => value ?? []) : config.get<unknown>(name);
}
