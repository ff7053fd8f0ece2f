import * as vscode from 'vscode';
import { lacking, ways } from '../errors/lacking.ts';
import { isMappingFile } from './mappingFiles.ts';

/** The editor that a command without arguments acts on. */
export function activeMappingEditor(): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !isMappingFile(editor.document)) {
    throw lacking(vscode.l10n.t('Open a PXE mapping file first.'), ways.openMappingFile());
  }
  return editor;
}
