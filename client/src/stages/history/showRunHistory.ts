import { refused } from '@omnia-buildstream/core/errors/userError';
import { endPhrases } from '@omnia-buildstream/core/history/endPhrases';
import { handoverNote } from '@omnia-buildstream/core/history/handoverNote';
import { historyTexts } from '@omnia-buildstream/core/history/historyTexts';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { phrase, sentencesOf, wordsOf } from '@omnia-buildstream/core/text/phrase';
import { historyOf } from '@omnia-buildstream/runner/history/historyPlace';
import { readRuns, type RunFile, type UnreadableRun } from '@omnia-buildstream/runner/history/readRuns';
import { projectFolderOf } from '@omnia-buildstream/runner/projectFolder';
import * as vscode from 'vscode';
import { lacking } from '../../errors/lacking.ts';
import { messageOf } from '../../errors/messageOf.ts';
import { say } from '../../platform/say.ts';
import { window } from '../../platform/window.ts';
import { machine } from '../machine.ts';
import { currentMapping } from '../requestFiles.ts';
import type { StageContext } from '../stageContext.ts';

/** The command line lists older runs. */
const mostListed = 100;

/** Lists the runs of the project, and opens the one that the user picks as a handover note. */
export async function showRunHistory({ nodes }: Pick<StageContext, 'nodes'>): Promise<void> {
  const uri = await currentMapping(nodes);
  const files = await newestRuns(projectFolderOf(uri.fsPath));
  if (files.length === 0)
    throw lacking(vscode.l10n.t('Nothing has been run in this project yet.'), {
      title: vscode.l10n.t('Run Stage…'),
      command: 'buildstream.runStage',
    });
  const title = vscode.l10n.t('Show Run History');
  const chosen = await window.showQuickPick(files.map(itemOf), {
    title,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen === undefined) return;
  const { file } = chosen;
  if (file.kind === 'unreadable') throw refused(`${file.file}: ${whyUnreadable(file)}`);
  const content = `${String(handoverNote(file.run, say))}\n`;
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document);
}

async function newestRuns(project: string): Promise<readonly RunFile[]> {
  const place = historyOf(project);
  const files: RunFile[] = [];
  try {
    for await (const file of readRuns(place, machine)) {
      files.push(file);
      if (files.length === mostListed) break;
    }
  } catch (error) {
    throw refused(vscode.l10n.t("{0} can't be read: {1}", place.folder, messageOf(error)));
  }
  return files;
}

interface RunItem extends vscode.QuickPickItem {
  readonly file: RunFile;
}

/** Strips control characters, because texts in these files are not trusted. */
function itemOf(file: RunFile): RunItem {
  if (file.kind === 'unreadable') return { label: plainLine(file.file), detail: whyUnreadable(file), file };
  const { begun } = file.run;
  const { user, host } = begun.by;
  const unknown = say(historyTexts.unknown);
  return {
    label: plainLine(`${begun.stage} ${begun.at}`),
    description: plainLine(`${user || unknown}@${host || unknown} ${begun.imageGroup}`),
    detail: plainLine(sentencesOf(endPhrases(file.run), say)),
    file,
  };
}

function whyUnreadable({ cause }: UnreadableRun): string {
  const why = cause === undefined ? phrase(historyTexts.noBeginning) : messageOf(cause);
  return plainLine(wordsOf(phrase(historyTexts.unreadable, { why }), say));
}
