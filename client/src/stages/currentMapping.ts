import * as vscode from 'vscode';
import { noMappingFile } from '../errors/lacking.ts';
import type { StageContext } from './stageContext.ts';

/** The mapping file that the view Nodes shows, absolute. @throws UserError without one */
export async function currentMapping({ nodes }: Pick<StageContext, 'nodes'>): Promise<string> {
  const mapping = (await nodes.refresh())?.mappingUri ?? undefined;
  if (mapping === undefined) throw noMappingFile();
  return vscode.Uri.parse(mapping).fsPath;
}
