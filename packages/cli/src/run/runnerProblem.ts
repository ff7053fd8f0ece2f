import { sayObstacle } from '@omnia-buildstream/core/plan/planNotices';
import { sayProblems } from '@omnia-buildstream/core/plan/planProblems';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import { sentencesOf } from '@omnia-buildstream/core/text/phrase';
import { StateError } from '@omnia-buildstream/engine/ports/stateError';
import { RunnerError } from '@omnia-buildstream/runner/runnerError';
import { CannotRun, causeOf } from '../cannotRun.ts';

/** What the runner refuses, in the words of the command line; any other error as it is. `mapping` as it was given. */
export function inWords(error: unknown, mapping: string): unknown {
  if (error instanceof StateError) return stateProblem(error);
  if (!(error instanceof RunnerError)) return error;
  const { problem } = error;
  switch (problem.kind) {
    case 'no-mapping':
      return new CannotRun(
        'arguments',
        'There is no PXE mapping file here, so nobody can say which nodes the stage touches. ' +
          'Run it in the project folder, or name the file with --mapping.',
      );
    case 'mapping-errors': {
      const count = problem.errors === 1 ? 'an error' : `${String(problem.errors)} errors`;
      const advice = `See: buildstream validate ${mapping}`;
      return new CannotRun('file', `${mapping} has ${count}, so no node is touched. ${advice}`);
    }
    case 'failed-nodes':
      return new CannotRun('file', `${problem.file}: ${sayProblems(problem.problems, renderMessage)}`);
    case 'stage-ends':
      return new CannotRun('file', `${mapping}: ${sayObstacle(problem.obstacle, renderMessage)}`);
    case 'unknown-nodes':
      return new CannotRun('arguments', `No row of the mapping file is ${problem.names.join(', ')}.`);
    case 'stage-order':
      return new CannotRun('arguments', plainLine(`${sentencesOf(problem.why)} Nothing was started.`));
    case 'no-image':
      return new CannotRun(
        'arguments',
        plainLine(
          `The image group ${problem.imageGroup} has no image for ${problem.roles.join(', ')}, which the mapping file ` +
            'has. Choose another group, or build one with these roles. Nothing was started.',
        ),
      );
    case 'plan-changed':
      return new CannotRun(
        'file',
        'Nothing was started: what it touches is not what was shown any more. Run it again.',
      );
    case 'cannot-listen': {
      const place = `${problem.host}:${String(problem.port)}`;
      return new CannotRun('arguments', `Cannot listen at ${place} for nodes to report: ${causeOf(error.cause)}.`);
    }
  }
}

export function stateProblem({ message }: StateError): CannotRun {
  return new CannotRun('file', message.endsWith('.') ? message : `${message}.`);
}
