import type { GuideStep } from '@omnia-buildstream/gitlab/actions/guideStep';
import * as vscode from 'vscode';

/** The progress of a guided deployment, in a few words. */
export function stepText(step: GuideStep): string {
  switch (step.kind) {
    case 'wait-for-images':
      return vscode.l10n.t('the images are being listed');
    case 'play-trigger':
      return vscode.l10n.t('next: start the deploy pipeline');
    case 'choose-image':
    case 'retry-image':
      return vscode.l10n.t('next: select an image');
    case 'wait-for-image':
      return vscode.l10n.t('the image is being selected');
    case 'play-deploy':
      return vscode.l10n.t('next: run deploy');
    case 'follow':
      return vscode.l10n.t('deploy was started');
    case 'retry':
      return vscode.l10n.t('failed, can be retried: {0}', step.jobs.map(({ name }) => name).join(', '));
    case 'hidden':
      return vscode.l10n.t('what comes next is not known: GitLab does not show all of it');
    case 'done':
      return step.status;
  }
}
