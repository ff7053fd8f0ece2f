import { isUserError, type Problem } from '@omnia-buildstream/core/errors/userError';
import { sayObstacle } from '@omnia-buildstream/core/plan/changeTexts';
import { sayProblems } from '@omnia-buildstream/core/plan/planProblems';
import { roleRowsText } from '@omnia-buildstream/core/plan/roleImages';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { sentencesOf, wordsOf } from '@omnia-buildstream/core/text/phrase';
import { ProvisionError } from '@omnia-buildstream/engine/ports/bootProvisioner';
import { StateError } from '@omnia-buildstream/engine/ports/stateError';
import { GitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { NotUtf8Error } from '@omnia-buildstream/gitlab/omnia/projectFiles';
import { OimError } from '@omnia-buildstream/oim/oimError';
import * as vscode from 'vscode';
import { say } from '../platform/say.ts';
import { apiWay, explainApi } from './apiWords.ts';
import { explain, gitlabWay } from './gitlabWords.ts';
import { wayOf, ways, type WayOn } from './lacking.ts';

/** How an error is reported: what happened and what helps. */
export interface ErrorWords {
  readonly text: string;
  readonly way?: WayOn | undefined;
  /** Whether something is broken, rather than refused. */
  readonly isGrave?: boolean;
}

type Entry = (error: unknown) => ErrorWords | 'silent' | undefined;

/** Every expected error. This is the only table: commands, terminals, views, and tests use it to report errors. */
const table: readonly Entry[] = [
  (error) =>
    isUserError(error)
      ? { text: problemText(error.problem), way: wayOf(error) ?? problemWay(error.problem) }
      : undefined,
  (error) => {
    if (!(error instanceof StateError)) return undefined;
    return { text: vscode.l10n.t('The state of the stage cannot be used: {0}', plainLine(wordsOf(error.said, say))) };
  },
  (error) => {
    if (!(error instanceof ProvisionError)) return undefined;
    return { text: vscode.l10n.t('{0}. Nothing was changed.', plainLine(wordsOf(error.said, say))) };
  },
  (error) => (error instanceof OimError ? { text: explainApi(error), way: apiWay(error) } : undefined),
  (error) => {
    if (!(error instanceof GitLabError)) return undefined;
    return error.reason === 'aborted' ? 'silent' : { text: explain(error), way: gitlabWay(error), isGrave: true };
  },
  (error) => {
    if (!(error instanceof NotUtf8Error)) return undefined;
    return { text: vscode.l10n.t('{0} on the server is not UTF-8.', error.path) };
  },
  (error) => (error instanceof vscode.CancellationError ? 'silent' : undefined),
];

/** Undefined for an unexpected error. */
export function errorWords(error: unknown): ErrorWords | 'silent' | undefined {
  for (const entry of table) {
    const words = entry(error);
    if (words !== undefined) return words;
  }
  return undefined;
}

/** Only the text of an error, for places that cannot have a button. */
export function errorText(error: unknown): string | undefined {
  const words = errorWords(error);
  return typeof words === 'object' ? words.text : undefined;
}

/** The way on for problems whose kind implies what is lacking; commands that lack other things use `lacking`. */
function problemWay(problem: Problem): WayOn | undefined {
  switch (problem.kind) {
    case 'no-mapping':
      return ways.newMappingFile();
    case 'mapping-errors':
      return { title: vscode.l10n.t('Show Problems'), command: 'workbench.actions.view.problems' };
    case 'no-ssh':
    case 'cannot-listen':
      return ways.setting('engine.report');
    default:
      return undefined;
  }
}

function problemText(problem: Problem): string {
  switch (problem.kind) {
    case 'arguments':
    case 'file':
    case 'output':
    case 'refused':
      return problem.message;
    case 'no-mapping':
      return vscode.l10n.t('There is no PXE mapping file here, so it is unknown which nodes the stage affects.');
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
    case 'cadence-runs':
      return vscode.l10n.t(
        'Pipeline #{0} is a running cadence: it builds, deploys, and restarts nodes without asking. Wait until it ends.',
        problem.pipeline,
      );
    case 'others-at-work':
      return vscode.l10n.t(
        'Another run is in progress: {0} Wait until it ends. Nothing was started.',
        plainLine(sentencesOf(problem.others, say)),
      );
    case 'no-image':
      return vscode.l10n.t(
        'The image group {0} has no image for these roles of the mapping file (with the lines of their rows): {1}. Select another group, or build one with these roles.',
        plainLine(problem.imageGroup),
        plainLine(roleRowsText(problem.roles)),
      );
    case 'plan-changed':
      return vscode.l10n.t('Nothing was started: the effect has changed since it was shown. Review it again.');
    case 'no-ssh':
      return vscode.l10n.t(
        'There is no program ssh. Install the OpenSSH client, or select another buildstream.engine.report. No node was touched.',
      );
    case 'cannot-listen':
      return vscode.l10n.t(
        "Can't listen at {0}:{1} for nodes to report. Correct buildstream.engine.report.",
        problem.host,
        problem.port,
      );
  }
}
