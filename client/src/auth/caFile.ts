import { refused } from '@omnia-buildstream/core/errors/userError';
import { readRegularFile } from '@omnia-buildstream/engine/files/readRegularFile';
import * as vscode from 'vscode';

/** The authorities in a PEM file. @throws UserError if it cannot be read or has none */
export async function readCaFile(file: string): Promise<string> {
  let text: string;
  try {
    text = await readRegularFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw refused(vscode.l10n.t('The CA file {0} cannot be read ({1}).', file, reason));
  }
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw refused(vscode.l10n.t('{0} has no certificate in it; a PEM file is needed.', file));
}
