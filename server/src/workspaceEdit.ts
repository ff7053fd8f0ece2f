import type { TextEdit } from '@omnia-buildstream/core/text/position';
import type { WorkspaceEdit } from 'vscode-languageserver';
import type { Client } from './client.ts';

/** Edits of one file. The version is null if the file is not open. */
export interface FileEdits {
  readonly uri: string;
  readonly version: number | null;
  readonly edits: readonly TextEdit[];
}

/** Edits of one file, bound to its version if the editor can check that. */
export function workspaceEdit(
  client: Client,
  { uri, version }: Omit<FileEdits, 'edits'>,
  edits: readonly TextEdit[],
): WorkspaceEdit {
  return workspaceEdits(client, [{ uri, version, edits }]);
}

/** Edits of several files as a single undo step. */
export function workspaceEdits(client: Client, files: readonly FileEdits[]): WorkspaceEdit {
  if (!client.canVersionEdits) {
    return { changes: Object.fromEntries(files.map(({ uri, edits }) => [uri, [...edits]])) };
  }
  return {
    documentChanges: files.map(({ uri, version, edits }) => ({ textDocument: { uri, version }, edits: [...edits] })),
  };
}
