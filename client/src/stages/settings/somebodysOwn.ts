import * as vscode from 'vscode';
import { movedTo } from '../../settings/movedSettings.ts';
import { settingFor } from '../../settings/readSetting.ts';

/** A setting as somebody has set it, under its old name or by its current name; undefined: its default counts. */
export function somebodysOwn(scope: vscode.Uri | undefined, name: string): unknown {
  if (movedTo(name) !== undefined) return settingFor(scope, name);
  const config = vscode.workspace.getConfiguration('buildstream', scope);
  const found = config.inspect<unknown>(name);
  const values = [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue];
  if (values.every((value) => value === undefined)) return undefined;
  // What the user and the folder say together: neither takes away what the other protects.
  return name === 'engine.protectedNodes' ? values.flatMap((value) => value ?? []) : config.get<unknown>(name);
}
