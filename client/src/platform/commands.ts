import * as vscode from 'vscode';
import type { DisposableStore } from './disposableStore.ts';
import { presentError } from '../errors/presentError.ts';

/**
 * What a command does. Its arguments come from the palette (none), code actions, or other extensions, so they are
 * unknown.
 */
export type CommandHandler = (...args: readonly unknown[]) => unknown;

/** Registers commands by their full name; whatever a command throws is shown to the user. */
export function registerCommands(
  store: DisposableStore,
  log: vscode.LogOutputChannel,
  commands: Readonly<Record<`buildstream.${string}`, CommandHandler>>,
  /** Converts arguments from places other than the palette and the trees into those that a tree would pass. */
  asFromTree: (args: readonly unknown[]) => readonly unknown[],
): void {
  for (const [name, handler] of Object.entries(commands)) {
    store.add(
      vscode.commands.registerCommand(name, async (...args: readonly unknown[]) => {
        try {
          return await handler(...asFromTree(args));
        } catch (error) {
          // Not awaited: the message stays until the user closes it.
          void presentError(error, log);
          return undefined;
        }
      }),
    );
  }
}
