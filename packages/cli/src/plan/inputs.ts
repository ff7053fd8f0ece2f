import { renderMessage } from '@omnia-buildstream/core/text/message';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import type { DecidedRestart } from '@omnia-buildstream/core/plan/decideRestart';
import { sayProblems } from '@omnia-buildstream/core/plan/planProblems';
import { switchesBeside } from '@omnia-buildstream/runner/omniaTraces';
import { planFromState } from '@omnia-buildstream/runner/planFromState';
import { cannotRun } from '../cannotRun.ts';
import type { Io } from '../io.ts';
import { readMapping } from '../run/mapping.ts';
import { decode } from '../validate/decode.ts';
import { failedPlace } from './options.ts';
import { textOf } from './textFile.ts';
import { bytesOf } from './traces.ts';

interface StatePlan {
  readonly mapping: string | undefined;
  readonly failed: string | undefined;
  readonly version: OmniaVersion | undefined;
  readonly image: string;
  /** restart_state.json, as given. */
  readonly state: string;
}

/**
 * The plan for the run that left a restart_state.json. A missing failed_nodes.json means that nothing failed. @throws
 * UserError
 */
export async function planOfStateFile(given: StatePlan, io: Io): Promise<DecidedRestart> {
  const { file, text, version } = await readMapping(given, io);
  const failed = await bytesOf(given.failed ?? failedPlace, io);
  const decision = planFromState({
    text,
    version,
    imageGroup: given.image,
    failedText: failed === undefined ? undefined : decode(failed).text,
    stateText: await textOf(given.state, io),
    switches: await switchesBeside(file, version, (place) => bytesOf(place, io)),
  });
  if (decision.plan !== undefined) return decision;
  throw cannotRun('file', sayProblems(decision.problems, renderMessage));
}
