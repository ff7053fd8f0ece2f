import type { Outcome } from '@omnia-buildstream/gitlab/api/outcome';
import * as vscode from 'vscode';
import { explain } from '../../errors/gitlabWords.ts';
import { window } from '../../platform/window.ts';

/** Reports what is known after something was sent once, and what is not. */
export function tellOutcome<T>(outcome: Outcome<T>, done: (value: T) => string): void {
  switch (outcome.kind) {
    case 'done':
      void window.showInformationMessage(done(outcome.value));
      return;
    case 'found': {
      const lost = vscode.l10n.t('No response was received, but GitLab carried it out: {0}', done(outcome.value));
      void window.showInformationMessage(lost);
      return;
    }
    case 'not-seen':
      void window.showWarningMessage(
        vscode.l10n.t(
          'No response was received ({0}), and the request has had no visible effect so far. Check the server before you retry.',
          explain(outcome.error),
        ),
      );
      return;
    case 'unknown':
      void window.showWarningMessage(
        vscode.l10n.t(
          "No response was received ({0}), and the state can't be read either. Check the server before you retry.",
          explain(outcome.error),
        ),
      );
  }
}
