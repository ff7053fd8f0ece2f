import { isWanted, type Loudness, type News } from '@omnia-buildstream/gitlab/poll/news';
import { groupStatus } from '@omnia-buildstream/gitlab/status/statuses';
import { sentencesOf } from '@omnia-buildstream/core/text/phrase';
import { afterGreen, isGreenDeploy } from '@omnia-buildstream/gitlab/actions/afterGreen';
import { findDeployRun, stageNames } from '@omnia-buildstream/gitlab/tree/deployRun';
import * as vscode from 'vscode';
import { openProject } from '../actions/actionContext.ts';
import { reasonOf } from '../actions/tellEnd.ts';
import { readCall } from '../project/omniaProject.ts';
import { showJobLog } from '../logs/jobLog.ts';
import { openWebPage } from './links.ts';
import type { JobElement } from './pipelineElements.ts';
import type { LogDocuments } from '../logs/logDocuments.ts';
import { nextText } from './nextText.ts';
import type { ProjectSession } from '../project/projectSession.ts';
import type { RestartParts } from '../restart/restartWatch.ts';
import { statusWord } from './statusLook.ts';
import type { WaitedFor } from '../waitedFor.ts';
import { say } from '../../platform/say.ts';
import { window } from '../../platform/window.ts';

export interface TellContext {
  readonly session: ProjectSession;
  readonly logs: LogDocuments;
  readonly waited: WaitedFor;
  /** Called after an end was reported or dealt with. */
  readonly onTold: () => void;
  /** Never rejects. */
  readonly onEnd: RestartParts['onEnd'];
}

/**
 * Reports the news of a watched pipeline, as prominently as the user wants. A failed end stays until the user has dealt
 * with it.
 * @throws GitLabError, UserError
 */
export async function tellNews(news: News, context: TellContext): Promise<void> {
  const current = news.kind === 'ended' ? await context.session.current() : undefined;
  if (current !== undefined) await context.onEnd(current, news.tree);
  const text = await textOf(news, context.session);
  await keepEnd(news, text, context);
  const loudness = vscode.workspace.getConfiguration('buildstream.gitlab').get<Loudness>('notifications', 'all');
  if (!isWanted(news, loudness)) return;
  const showLog = vscode.l10n.t('Show Log');
  const openPage = vscode.l10n.t('Open in GitLab');
  const verify = vscode.l10n.t('Verify');
  const report = vscode.l10n.t('Open Report');
  const failed = news.kind === 'ended' ? news.failed : undefined;
  const { webUrl } = news.tree.pipeline;
  const buttons = [
    ...(failed === undefined ? [] : [showLog]),
    ...(failed?.stage === stageNames.validate ? [report] : []),
    ...(isGreen(news) ? [verify] : []),
    ...(webUrl === undefined ? [] : [openPage]),
  ];
  const tell =
    news.kind === 'ended' && news.tree.state.status === 'failed'
      ? window.showErrorMessage
      : window.showInformationMessage;
  const chosen = await tell(text, ...buttons);
  if (chosen === openPage) await openWebPage(webUrl);
  if (chosen === verify) await vscode.commands.executeCommand('buildstream.verify');
  if (chosen === report && failed !== undefined) {
    const entry = { kind: 'job', job: failed, earlier: [] } as const;
    const element: JobElement = { kind: 'job', id: '', rootId: news.tree.pipeline.id, entry };
    await vscode.commands.executeCommand('buildstream.openServerReport', element);
  }
  if (chosen !== showLog || failed === undefined) return;
  const open = await openProject(context);
  await showJobLog(open, await open.client.jobs.show(open.project.id, failed.id, readCall()), context.logs);
}

/** After a deploy that passed, the next question is whether its nodes run what was intended. */
function isGreen({ kind, tree }: News): boolean {
  return kind === 'ended' && isGreenDeploy(tree);
}

/** Includes numbers and names if the failed job is the restart of a deploy. */
async function textOf(news: News, session: ProjectSession): Promise<string> {
  const { id, ref } = news.tree.pipeline;
  if (news.kind === 'waits') return vscode.l10n.t('Pipeline #{0} on {1} waits: {2}', id, ref, nextText(news.action));
  const word = statusWord(groupStatus(news.tree.state));
  if (news.failed === undefined) {
    const ended = vscode.l10n.t('Pipeline #{0} on {1}: {2}', id, ref, word);
    const after = sentencesOf(afterGreen(news.tree), say);
    return after === '' ? ended : `${ended}. ${after}`;
  }
  const text = vscode.l10n.t('Pipeline #{0} on {1}: {2} in {3}', id, ref, word, news.failed.name);
  const open = await session.current();
  const isRestart = news.failed.id === findDeployRun(news.tree)?.restart?.id;
  if (open === undefined || !isRestart) return text;
  const { text: reason, namesNodes } = await reasonOf(open, id, [news.failed]);
  // The beginning is read even where there is no room for the whole text.
  return namesNodes ? `${reason} ${text}.` : `${text}. ${reason}`;
}

async function keepEnd({ kind, tree }: News, text: string, { waited, onTold }: TellContext): Promise<void> {
  const rootId = tree.pipeline.id;
  if (kind === 'ended' && tree.state.status === 'failed') await waited.setEnded({ rootId, text });
  // It was retried, and its failure no longer applies.
  else if (waited.ended?.rootId === rootId) await waited.setEnded(undefined);
  onTold();
}
