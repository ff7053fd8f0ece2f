import type { GuideStep } from '@omnia-buildstream/gitlab/actions/guideStep';
import { groupStatus } from '@omnia-buildstream/gitlab/status/statuses';
import * as vscode from 'vscode';
import type { ActionContext } from './actionContext.ts';
import { pullAndShowNodes } from '../files/pullAndShowNodes.ts';
import { doesRestart } from './retryCommands.ts';
import { statusWord } from '../view/statusLook.ts';
import { window } from '../../platform/window.ts';

interface End {
  readonly rootId: number;
  readonly step: Extract<GuideStep, { kind: 'done' | 'retry' | 'retry-image' }>;
}

/** Tells how a run ended and what comes next. Does not wait for an answer. */
export function tellEnd({ model }: Pick<ActionContext, 'model'>, { rootId, step }: End): void {
  if (step.kind === 'done') {
    const word = statusWord(groupStatus({ status: step.status, hasWarnings: false }));
    const text = vscode.l10n.t('Pipeline #{0}: {1}', rootId, word);
    if (step.status === 'success') void window.showInformationMessage(text);
    else void window.showWarningMessage(text);
    return;
  }
  if (step.kind === 'retry-image') {
    const text = vscode.l10n.t(
      'Pipeline #{0}: selecting the image failed. Retry that job in the view Pipelines.',
      rootId,
    );
    void window.showWarningMessage(text);
    return;
  }
  const names = step.jobs.map(({ name }) => name).join(', ');
  if (!doesRestart(step.jobs)) {
    const text = vscode.l10n.t(
      'Pipeline #{0} failed in {1}. Repair it, then retry it in the view Pipelines.',
      rootId,
      names,
    );
    void window.showWarningMessage(text);
    return;
  }
  const mark = vscode.l10n.t('Mark Booted and Retry…');
  const text = vscode.l10n.t(
    'Pipeline #{0}: some nodes did not boot. Repair them or boot them by hand, then retry.',
    rootId,
  );
  const showNodes = vscode.l10n.t('Pull and Show Nodes');
  void window.showWarningMessage(text, mark, showNodes).then(async (chosen) => {
    if (chosen === mark) await vscode.commands.executeCommand('buildstream.markAndRetry', { kind: 'root', rootId });
    else if (chosen === showNodes) await pullAndShowNodes();
    else await model.refresh();
  });
}
