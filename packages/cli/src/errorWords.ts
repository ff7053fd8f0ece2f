import { isUserError, UserError, type Problem } from '@omnia-buildstream/core/errors/userError';
import { sayObstacle } from '@omnia-buildstream/core/plan/changeTexts';
import { sayProblems } from '@omnia-buildstream/core/plan/planProblems';
import { roleRowsText } from '@omnia-buildstream/core/plan/roleImages';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import { sentencesOf } from '@omnia-buildstream/core/text/phrase';
import { ProvisionError } from '@omnia-buildstream/engine/ports/bootProvisioner';
import { StateError } from '@omnia-buildstream/engine/ports/stateError';
import { OimError } from '@omnia-buildstream/oim/oimError';
import { causeOf } from './cannotRun.ts';

type Said = Extract<Problem, { readonly message: string }>;

/**
 * The one table of words of the command line: an expected error as the words shown for it, any other as it is.
 * @param mapping the mapping file as given; undefined: not known here
 */
export function inWords(error: unknown, mapping?: string): unknown {
  const said = saidOf(error, mapping);
  return said === undefined ? error : new UserError(said, error);
}

/** The same as data; undefined for an unexpected error. */
export function saidOf(error: unknown, mapping?: string): Said | undefined {
  if (isUserError(error)) return problemWords(error, mapping);
  if (error instanceof StateError)
    return { kind: 'file', message: error.message.endsWith('.') ? error.message : `${error.message}.` };
  if (error instanceof ProvisionError) return { kind: 'file', message: `${error.message}. Nothing was changed.` };
  if (error instanceof OimError) return { kind: 'file', message: apiWords(error) };
  return undefined;
}

function problemWords({ problem, cause }: UserError, mapping: string | undefined): Said {
  switch (problem.kind) {
    case 'arguments':
    case 'file':
    case 'output':
    case 'refused':
      return problem;
    case 'no-mapping':
      return {
        kind: 'arguments',
        message:
          'There is no PXE mapping file here, so it is unknown which nodes the stage affects. ' +
          'Run it in the project folder, or name the file with --mapping.',
      };
    case 'mapping-errors': {
      const count = problem.errors === 1 ? 'an error' : `${String(problem.errors)} errors`;
      const advice = `See: buildstream validate${mapping === undefined ? '' : ` ${mapping}`}`;
      const message = `${mapping ?? 'The mapping file'} has ${count}, so no node is touched. ${advice}`;
      return { kind: 'file', message };
    }
    case 'failed-nodes':
      return { kind: 'file', message: `${problem.file}: ${sayProblems(problem.problems, renderMessage)}` };
    case 'stage-ends':
      return {
        kind: 'file',
        message: `${mapping ?? 'The mapping file'}: ${sayObstacle(problem.obstacle, renderMessage)}`,
      };
    case 'unknown-nodes':
      return { kind: 'arguments', message: `No row of the mapping file is ${problem.names.join(', ')}.` };
    case 'stage-order':
      return { kind: 'arguments', message: plainLine(`${sentencesOf(problem.why)} Nothing was started.`) };
    case 'cadence-runs':
      return {
        kind: 'arguments',
        message:
          `Pipeline #${String(problem.pipeline)} is a running cadence: it builds, deploys, and restarts nodes without ` +
          'asking. Wait until it ends.',
      };
    case 'others-at-work': {
      const others = sentencesOf(problem.others);
      const message = plainLine(`Another run is in progress: ${others} Wait until it ends. Nothing was started.`);
      return { kind: 'arguments', message };
    }
    case 'no-image':
      return {
        kind: 'arguments',
        message: plainLine(
          `The image group ${problem.imageGroup} has no image for these roles of the mapping file (with the lines of ` +
            `their rows): ${roleRowsText(problem.roles)}. Select another group, or build one with these roles. ` +
            'Nothing was started.',
        ),
      };
    case 'plan-changed':
      return {
        kind: 'file',
        message: 'Nothing was started: the effect has changed since it was shown. Run it again.',
      };
    case 'no-ssh':
      return {
        kind: 'arguments',
        message:
          'The ssh program is missing. Install the OpenSSH client, or select another --report. No node was touched.',
      };
    case 'cannot-listen': {
      const place = `${problem.host}:${String(problem.port)}`;
      return { kind: 'arguments', message: `Cannot listen at ${place} for nodes to report: ${causeOf(cause)}.` };
    }
  }
}

function apiWords({ message, correlationId, reason }: OimError): string {
  const trace = correlationId === undefined ? '' : ` The request was sent with X-Correlation-Id ${correlationId}.`;
  const advice = reason === 'tls' ? ' That is --ca FILE or --pin SHA256.' : '';
  return `${message}${advice}${trace}`;
}
