import { isWanted, type Loudness, type News } from '@omnia-buildstream/gitlab/poll/news';
import { groupStatus } from '@omnia-buildstream/gitlab/status/statuses';
import * as vscode from 'vscode';
import { openProject } from '../actions/actionContext.ts';
import { readCall } from '../project/omniaProject.ts';
import { showJobLog } from '../logs/jobLog.ts';
import { openWebPage } from './links.ts';
import type { LogDocuments } from '../logs/logDocuments.ts';
import { nextText } from './nextText.ts';
import type { ProjectSession } from '../project/projectSession.ts';
import { statusWord } from './statusLook.ts';
import { window } from '../../platform/window.ts';

/** Tells what became of a watched pipeline, as loud as the user wants it. @throws GitLabError, UserError */
export async function tellNews(news: News, session: ProjectSession, logs: LogDocuments): Promise<void> {
  const loudness = vscode.workspace.getConfiguration('buildstream.gitlab').get<Loudness>('notifications', 'all');
  if (!isWanted(news, loudness)) return;
  const showLog = vscode.l10n.t('Show Log');
  const openPage = vscode.l10n.t('Open in GitLab');
  const failed = news.kind === 'ended' ? news.failed : undefined;
  const { webUrl } = news.tree.pipeline;
  const buttons = [...(failed === undefined ? [] : [showLog]), ...(webUrl === undefined ? [] : [openPage])];
  const chosen = await show(news, buttons);
  if (chosen === openPage) await openWebPage(webUrl);
  if (chosen !== showLog || failed === undefined) return;
  const open = await openProject({ session });
  await showJobLog(open, await open.client.jobs.show(open.project.id, failed.id, readCall()), logs);
}

function show(news: News, buttons: readonly string[]): Thenable<string | undefined> {
  const { id, ref } = news.tree.pipeline;
  if (news.kind === 'waits') {
    const text = vscode.l10n.t('Pipeline #{0} on {1} waits: {2}', id, ref, nextText(news.action));
    return window.showInformationMessage(text, ...buttons);
  }
  const { state } = news.tree;
  const word = statusWord(groupStatus(state));
  const text =
    news.failed === undefined
      ? vscode.l10n.t('Pipeline #{0} on {1}: {2}', id, ref, word)
      : vscode.l10n.t('Pipeline #{0} on {1}: {2} in {3}', id, ref, word, news.failed.name);
  if (state.status === 'failed') return window.showErrorMessage(text, ...buttons);
  return window.showInformationMessage(text, ...buttons);
}
