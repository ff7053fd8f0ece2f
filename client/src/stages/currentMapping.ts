import * as vscode from 'vscode';
import { noMappingFile } from '../errors/lacking.ts';
import type { StageContext } from './stageContext.ts';

/** Absolute path of the mapping file that the Nodes view shows. @throws UserError if there is none */
export async function currentMapping({ nodes }: Pick<StageContext, 'nodes'>): Promise<string> {
  const mapping = (await nodes.refresh())?.mappingUri ?? undefined;
  if (mapping === undefined) throw noMappingFile();
  return vscode.Uri.parse(mapping).fsPath;
}
