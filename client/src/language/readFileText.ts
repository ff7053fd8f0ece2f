import type { ReadFileRequest } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';

/** Reads a file of the workspace for the server, which cannot reach virtual file systems itself. */
export async function readFileText(uri: vscode.Uri): Promise<ReadFileRequest['result']> {
  try {
    return { text: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) };
  } catch {
    return { text: null };
  }
}
