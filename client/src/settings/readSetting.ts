import * as vscode from 'vscode';
import { movedTo, movedValue, type Place } from './movedSettings.ts';

/** A setting that applies to a file, by its old or current name. Undefined if it is not set. */
export function settingFor(scope: vscode.Uri | undefined, name: string): unknown {
  const config = vscode.workspace.getConfiguration('buildstream', scope);
  const moved = movedTo(name);
  if (moved === undefined) return config.get<unknown>(name);
  return movedValue(moved, config.inspect(moved.now), config.inspect(name));
}

/**
 * The same from the user's own settings only: no folder decides whom to trust, where secrets go, or which program runs.
 */
export function settingOfUser(name: string): unknown {
  const config = vscode.workspace.getConfiguration('buildstream');
  const moved = movedTo(name);
  const only: readonly Place[] = ['globalValue'];
  if (moved === undefined) return config.inspect(name)?.globalValue;
  return movedValue(moved, config.inspect(moved.now), config.inspect(name), only);
}

/** The current name, under which the Settings editor finds it. */
export function nameToEdit(name: string): string {
  return movedTo(name)?.now ?? name;
}
