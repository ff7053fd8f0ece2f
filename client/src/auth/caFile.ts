import { readRegularFile } from '@omnia-buildstream/engine/files/readRegularFile';
import * as vscode from 'vscode';
import { Refusal } from '../platform/refusal.ts';

/** The authorities in a PEM file. @throws Refusal when it cannot be read or has none */
export async function readCaFile(file: string): Promise<string> {
  let text: string;
  try {
    text = await readRegularFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new Refusal(vscode.l10n.t('The CA file {0} cannot be read ({1}).', file, reason));
  }
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw new Refusal(vscode.l10n.t('{0} has no certificate in it; a PEM file is needed.', file));
}
