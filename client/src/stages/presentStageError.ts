import { StateError } from '@omnia-buildstream/engine/ports/stateError';
import { RunnerError } from '@omnia-buildstream/runner/runnerError';
import { sayObstacle } from '@omnia-buildstream/core/plan/planNotices';
import { sayProblems } from '@omnia-buildstream/core/plan/planProblems';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { sentencesOf } from '@omnia-buildstream/core/text/phrase';
import * as vscode from 'vscode';
import { Refusal } from '../platform/refusal.ts';
import { window } from '../platform/window.ts';
import { say } from '../platform/say.ts';

/** What a refused or broken stage says to the user; undefined for an error that nobody expects. */
export function stageErrorText(error: unknown): string | undefined {
  if (error instanceof Refusal) return error.message;
  if (error instanceof StateError) {
    return vscode.l10n.t('The state of the stage cannot be used: {0}', plainLine(error.message));
  }
  if (!(error instanceof RunnerError)) return undefined;
  const { problem } = error;
  switch (problem.kind) {
    case 'no-mapping':
      return vscode.l10n.t('There is no PXE mapping file here, so nobody can say which nodes the stage touches.');
    case 'mapping-errors':
      return problem.errors === 1
        ? vscode.l10n.t('The mapping file has an error, so no node is touched. The Problems view shows it.')
        : vscode.l10n.t(
            'The mapping file has {0} errors, so no node is touched. The Problems view shows them.',
            problem.errors,
          );
    case 'failed-nodes':
      return plainLine(`${problem.file}: ${sayProblems(problem.problems, say)}`);
    case 'stage-ends':
      return plainLine(sayObstacle(problem.obstacle, say));
    case 'unknown-nodes':
      return vscode.l10n.t('No row of the mapping file is {0}.', plainLine(problem.names.join(', ')));
    case 'stage-order':
      return plainLine(sentencesOf(problem.why, say));
    case 'no-image':
      return vscode.l10n.t(
        'The image group {0} has no image for {1}, which the mapping file has. Select another group, or build one with these roles.',
        plainLine(problem.imageGroup),
        plainLine(problem.roles.join(', ')),
      );
    case 'plan-changed':
      return vscode.l10n.t('Nothing was started: what it touches is not what was shown any more. Look again.');
    case 'cannot-listen':
      return vscode.l10n.t(
        'Nobody can listen at {0}:{1} for nodes to report. Correct buildstream.engine.report.',
        problem.host,
        problem.port,
      );
  }
}

/** Tells the user about a command that failed. Anything unknown is thrown again. */
export async function presentStageError(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  const text = stageErrorText(error);
  if (text === undefined) throw error;
  log.warn(text);
  await window.showWarningMessage(text);
}
