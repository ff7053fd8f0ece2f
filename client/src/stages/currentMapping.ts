import { refused } from '@omnia-buildstream/core/errors/userError';
import * as vscode from 'vscode';
import type { StageContext } from './stageContext.ts';

/** The mapping file that the view Nodes shows, absolute. @throws UserError without one */
export async function currentMapping({ nodes }: Pick<StageContext, 'nodes'>): Promise<string> {
  const mapping = (await nodes.refresh())?.mappingUri ?? undefined;
  if (mapping === undefined) throw refused(vscode.l10n.t('There is no PXE mapping file here.'));
  return vscode.Uri.parse(mapping).fsPath;
}
