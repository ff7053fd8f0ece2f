import * as vscode from 'vscode';
import { isMappingFile } from '../../language/mappingFiles.ts';
import { chosenVersion } from '../../stages/settings/chosenVersion.ts';
import { mappingRows, type MappingRows } from './mappingRows.ts';

export interface FoundMapping {
  readonly uri: vscode.Uri;
  readonly rows: MappingRows;
}

const usualFiles = '**/*pxe_mapping*.csv';
const mostFiles = 100;

/**
 * The mapping file that a log refers to: one that is open, otherwise the one highest in the folder tree. Undefined if
 * there is none.
 */
export async function findMapping(): Promise<FoundMapping | undefined> {
  const open = vscode.workspace.textDocuments.filter(isMappingFile);
  const visible = vscode.window.visibleTextEditors.map(({ document }) => document).filter(isMappingFile);
  const document = visible[0] ?? open[0];
  if (document !== undefined) return found(document.uri, document.getText());
  const [uri] = (await vscode.workspace.findFiles(usualFiles, undefined, mostFiles)).sort(
    (a, b) => a.path.split('/').length - b.path.split('/').length || a.path.localeCompare(b.path),
  );
  if (uri === undefined) return undefined;
  return found(uri, new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
}

export function tooltipOf({ uri }: FoundMapping, line: number): string {
  return vscode.l10n.t('Go to line {0} of {1}', line + 1, vscode.workspace.asRelativePath(uri));
}

async function found(uri: vscode.Uri, text: string): Promise<FoundMapping> {
  // Links in a log do without an unusable buildstream.yml; running a stage reports it.
  const version = await chosenVersion(uri).catch(() => undefined);
  return { uri, rows: mappingRows(text, uri.path, version) };
}
