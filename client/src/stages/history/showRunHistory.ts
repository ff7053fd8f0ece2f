import { refused } from '@omnia-buildstream/core/errors/userError';
import { handoverNote } from '@omnia-buildstream/core/history/handoverNote';
import type { RunHistory } from '@omnia-buildstream/core/history/runHistory';
import { historyOf } from '@omnia-buildstream/runner/history/historyPlace';
import { readRuns } from '@omnia-buildstream/runner/history/readRuns';
import { projectFolderOf } from '@omnia-buildstream/runner/projectFolder';
import * as vscode from 'vscode';
import { say } from '../../platform/say.ts';
import { window } from '../../platform/window.ts';
import { machine } from '../machine.ts';
import { currentMapping } from '../requestFiles.ts';
import type { StageContext } from '../stageContext.ts';

/** Older ones are listed by the command line. */
const mostListed = 100;

/** Lists the runs of the project, and opens the one that is chosen as a note for whoever takes over. */
export async function showRunHistory({ nodes }: Pick<StageContext, 'nodes'>): Promise<void> {
  const uri = await currentMapping(nodes);
  const runs = await newestRuns(projectFolderOf(uri.fsPath));
  if (runs.length === 0) throw refused(vscode.l10n.t('Nothing has been run in this project yet.'));
  const title = vscode.l10n.t('Show Run History');
  const chosen = await window.showQuickPick(runs.map(itemOf), { title, matchOnDescription: true, matchOnDetail: true });
  if (chosen === undefined) return;
  const content = `${String(handoverNote(chosen.run, say))}\n`;
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document);
}

async function newestRuns(project: string): Promise<readonly RunHistory[]> {
  const runs: RunHistory[] = [];
  for await (const run of readRuns(historyOf(project), machine)) {
    runs.push(run);
    if (runs.length === mostListed) break;
  }
  return runs;
}

function itemOf(run: RunHistory): vscode.QuickPickItem & { readonly run: RunHistory } {
  const { begun, end } = run;
  const { user, host } = begun.by;
  return {
    label: `${begun.stage} ${begun.at}`,
    description: `${user}@${host} ${begun.imageGroup}`,
    detail: end === undefined ? vscode.l10n.t('Not ended, or its process was killed') : end.summary,
    run,
  };
}
