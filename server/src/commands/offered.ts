import type { CodeAction } from 'vscode-languageserver';
import type { Client } from '../client.ts';
import { isServed } from './served.ts';

/** Removes actions whose command neither the editor nor the server can carry out. */
export function offered({ speaksBuildstream }: Client, actions: CodeAction[]): CodeAction[] {
  return speaksBuildstream
    ? actions
    : actions.filter(({ command }) => command === undefined || isServed(command.command));
}
