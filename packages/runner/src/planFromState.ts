import { failedListOf } from '@omnia-buildstream/core/plan/failedList';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { decideRestart, type RestartDecision } from '@omnia-buildstream/core/plan/decideRestart';
import { readStateText } from '@omnia-buildstream/core/plan/stateText';
import { obstaclesOf } from '@omnia-buildstream/core/plan/obstacles';
import type { PxeSwitches } from '@omnia-buildstream/core/plan/pxeSwitches';
import { omniaTargetsOf } from '@omnia-buildstream/core/plan/targets';

interface StateFiles {
  /** Text of the mapping file. */
  readonly text: string;
  readonly version: OmniaVersion;
  readonly imageGroup: string;
  /** Text of failed_nodes.json; undefined if nothing failed. */
  readonly failedText: string | undefined;
  /** Text of restart_state.json. */
  readonly stateText: string;
  readonly switches: PxeSwitches | undefined;
}

/** The plan of the program that wrote a restart_state.json, such as the management server. */
export function planFromState({ failedText, stateText, text, ...rest }: StateFiles): RestartDecision {
  const { value: state, problems } = readStateText(stateText);
  if (problems.length > 0) return { plan: undefined, problems };
  const rows = omniaTargetsOf(text, rest.version);
  const obstacles = obstaclesOf(text, rest.version);
  return decideRestart({
    ...rest,
    rows,
    obstacles,
    list: failedListOf(failedText, undefined),
    committed: undefined,
    state,
  });
}
