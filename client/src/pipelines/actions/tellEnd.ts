import { sentencesOf } from '@omnia-buildstream/core/text/phrase';
import type { GuideStep } from '@omnia-buildstream/gitlab/actions/guideStep';
import { isGitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import type { Job } from '@omnia-buildstream/gitlab/model/job';
import { afterGreen } from '@omnia-buildstream/gitlab/actions/afterGreen';
import { NotUtf8Error } from '@omnia-buildstream/gitlab/omnia/projectFiles';
import { remedies } from '@omnia-buildstream/gitlab/omnia/why/remedies';
import { whyFailed } from '@omnia-buildstream/gitlab/omnia/why/whyFailed';
import { whyPhrases } from '@omnia-buildstream/gitlab/omnia/why/whyTexts';
import { groupStatus } from '@omnia-buildstream/gitlab/status/statuses';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import * as vscode from 'vscode';
import { adviceFor } from '@omnia-buildstream/oim/errors/advice';
import { currentTree, type ActionContext } from './actionContext.ts';
import { omniaProject } from '../project/omniaProject.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { say } from '../../platform/say.ts';
import { pullAndShowNodes } from '../files/pullAndShowNodes.ts';
import { doesRestart } from './retryCommands.ts';
import { statusWord } from '../view/statusLook.ts';
import { window } from '../../platform/window.ts';

interface End {
  readonly root: PipelineNode;
  readonly step: Extract<GuideStep, { kind: 'done' | 'hidden' | 'retry' | 'retry-image' }>;
}

/** Reports how a run ended and what comes next. Does not wait for an answer. */
export async function tellEnd(
  { model }: Pick<ActionContext, 'model'>,
  open: OpenProject,
  { root, step }: End,
): Promise<void> {
  const rootId = root.pipeline.id;
  if (step.kind === 'done') {
    const word = statusWord(groupStatus({ status: step.status, hasWarnings: false }));
    const text = vscode.l10n.t('Pipeline #{0}: {1}', rootId, word);
    const after = sentencesOf(afterGreen(root), say);
    if (step.status === 'success') void offerVerify(after === '' ? text : `${text}. ${after}`);
    else void window.showWarningMessage(text);
    return;
  }
  if (step.kind === 'hidden') {
    const text = vscode.l10n.t(
      'Pipeline #{0}: GitLab does not show all of it to this token, so what comes next is not known.',
      rootId,
    );
    void window.showWarningMessage(text);
    return;
  }
  if (step.kind === 'retry-image') {
    const text = vscode.l10n.t(
      'Pipeline #{0}: selecting the image failed. Retry that job in the Pipelines view.',
      rootId,
    );
    void window.showWarningMessage(text);
    return;
  }
  const { text: why } = await reasonOf(open, rootId, step.jobs);
  if (!doesRestart(step.jobs)) {
    const names = step.jobs.map(({ name }) => name).join(', ');
    const text = vscode.l10n.t('Pipeline #{0} failed in {1}. {2}', rootId, names, why);
    void window.showWarningMessage(text);
    return;
  }
  const mark = vscode.l10n.t('Mark Booted and Retry…');
  const text = vscode.l10n.t('Pipeline #{0}: the restart stage failed. {1}', rootId, why);
  const showNodes = vscode.l10n.t('Pull and Show Nodes');
  void window.showErrorMessage(text, mark, showNodes).then(async (chosen) => {
    if (chosen === mark) await vscode.commands.executeCommand('buildstream.markAndRetry', { kind: 'root', rootId });
    else if (chosen === showNodes) await pullAndShowNodes();
    else await model.refresh();
  });
}

async function offerVerify(text: string): Promise<void> {
  const verify = vscode.l10n.t('Verify');
  const chosen = await window.showInformationMessage(text, verify);
  if (chosen === verify) await vscode.commands.executeCommand('buildstream.verify');
}

interface Reason {
  readonly text: string;
  /**
   * Whether the text names nodes. It is ordinary for some nodes to fail, and the job's own message adds nothing then.
   */
  readonly namesNodes: boolean;
}

/** Why the first of these jobs failed and what helps, as far as its log and the failed nodes list show. */
export async function reasonOf(open: OpenProject, rootId: number, jobs: readonly Job[]): Promise<Reason> {
  const unknown = { text: vscode.l10n.t('The log of the job shows the reason.'), namesNodes: false };
  const [job] = jobs;
  if (job === undefined) return unknown;
  try {
    const why = await whyFailed(omniaProject(open), await currentTree(open, rootId), job);
    const help = remedies(why, job, (code) => adviceFor(0, code, true));
    const namesNodes = why.failedNodes.length > 0;
    const phrases = whyPhrases(why);
    const text = sentencesOf([...(namesNodes ? phrases.slice(0, 1) : phrases), ...help], say);
    return text === '' ? unknown : { text, namesNodes };
  } catch (error) {
    // The end is reported anyway.
    if (isGitLabError(error) || error instanceof NotUtf8Error) return unknown;
    throw error;
  }
}
