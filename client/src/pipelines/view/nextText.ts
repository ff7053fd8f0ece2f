import type { NextAction } from '@omnia-buildstream/gitlab/actions/nextAction';
import * as vscode from 'vscode';

/** The user's next step. Empty if there is none. */
export function nextText(action: NextAction): string {
  switch (action.kind) {
    case 'choose-image':
      return vscode.l10n.t('next: select an image (run one select job)');
    case 'retry-image':
      return vscode.l10n.t('selecting the image failed: retry it');
    case 'play-deploy':
      return vscode.l10n.t('next: run {0}', action.job.name);
    case 'play':
      return vscode.l10n.t('jobs to run: {0}', action.jobs.map(({ name }) => name).join(', '));
    case 'retry-downstream':
      return vscode.l10n.t('failed – retry #{0} after repair', action.pipelineId);
    case 'retry-pipeline':
      return vscode.l10n.t('repair, then Retry Job on {0}', action.jobs.map(({ name }) => name).join(', '));
    case 'hidden':
      return vscode.l10n.t('what comes next is not known: GitLab does not show all of it');
    default:
      return '';
  }
}
