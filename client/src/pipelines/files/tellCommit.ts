import type { CommitResult } from '@omnia-buildstream/gitlab/api/committed';
import * as vscode from 'vscode';
import { explain } from '../../errors/gitlabWords.ts';
import { tellOutcome } from '../actions/tellOutcome.ts';
import { window } from '../../platform/window.ts';

/** Reports what is known about a commit. @returns whether the branch certainly contains what was sent */
export function tellCommit(result: Exclude<CommitResult, { kind: 'conflict' }>): boolean {
  tellOutcome(result, ({ commit }) => vscode.l10n.t('Committed as {0}.', commit.id.slice(0, 8)));
  if (result.kind !== 'done' && result.kind !== 'found') return false;
  const { check } = result.value;
  switch (check.kind) {
    case 'same':
      return true;
    case 'changed-since':
      void window.showWarningMessage(
        vscode.l10n.t('{0} has been changed again since. Review it before you continue.', check.paths.join(', ')),
      );
      return false;
    case 'not-read':
      void window.showWarningMessage(
        vscode.l10n.t("The commit can't be read back: {0} Check the server before you continue.", explain(check.error)),
      );
      return false;
  }
}
