import * as vscode from 'vscode';
import { asNode } from '../platform/asNode.ts';

/**
 * One server for each folder on disk: the command line of this extension, run by VS Code's own program, so that nothing
 * has to be installed. It gets its secrets from the environment, and none from the editor.
 * @param commandLine path of its file
 */
export function mcpServers(commandLine: string): vscode.McpStdioServerDefinition[] {
  return (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri, name }) => {
      const label = `Omnia BuildStreaM: ${name}`;
      const server = new vscode.McpStdioServerDefinition(label, process.execPath, [commandLine, 'mcp'], { ...asNode });
      server.cwd = uri;
      return server;
    });
}
