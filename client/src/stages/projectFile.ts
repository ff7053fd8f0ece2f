import { refused } from '@omnia-buildstream/core/errors/userError';
import { readRegularFile } from '@omnia-buildstream/engine/files/readRegularFile';
import path from 'node:path';
import * as vscode from 'vscode';
import { lacking, ways } from '../errors/lacking.ts';

/**
 * Reads a file of the project from disk. Undefined if it does not exist.
 * @throws UserError if it has unsaved changes or cannot be read
 */
export async function readProjectFile(file: string): Promise<Uint8Array | undefined> {
  const { fsPath } = vscode.Uri.file(file);
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === fsPath);
  if (open?.isDirty === true) {
    throw lacking(
      vscode.l10n.t('{0} has unsaved changes. Save it first: what is on disk is uploaded.', path.basename(fsPath)),
      ways.saveAll(),
    );
  }
  try {
    return await readRegularFile(fsPath);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (reason === 'ENOENT') return undefined;
    throw refused(vscode.l10n.t('{0} cannot be read ({1}).', fsPath, reason));
  }
}
