import * as vscode from 'vscode';
import type { CommandHandler } from '../platform/commands.ts';
import type { ConnectionParts } from '../connections/connectionFacts.ts';
import { checkConnections } from './checkConnections.ts';
import { copyDiagnostics } from './diagnostics.ts';

interface Parts extends ConnectionParts {
  readonly context: Pick<vscode.ExtensionContext, 'extension'>;
}

/** Commands for users who are starting out or looking for a problem, by name. */
export function helpCommands(parts: Parts): Readonly<Record<`buildstream.${string}`, CommandHandler>> {
  const { id } = parts.context.extension;
  return {
    'buildstream.connectCluster': () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', `${id}#connect`, false),
    'buildstream.checkConnections': () => checkConnections(parts),
    'buildstream.copyDiagnostics': () => copyDiagnostics(parts),
  };
}
