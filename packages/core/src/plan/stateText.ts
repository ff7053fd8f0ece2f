import { parsePythonJson } from '../text/pythonJson.ts';
import { problemsOf, type PlanProblem } from './planProblems.ts';
import { readRestartState, type RestartState } from './restartState.ts';

export interface StateReading {
  readonly value: RestartState | undefined;
  /** Why it cannot be used; empty when it can. */
  readonly problems: readonly PlanProblem[];
}

/** Reads the text of a restart_state.json. */
export function readStateText(text: string): StateReading {
  const json = parsePythonJson(text.replace(/^\ufeff/, ''));
  if ('fault' in json) return { value: undefined, problems: [{ kind: 'state-not-json', reason: json.fault }] };
  const reading = readRestartState(json.value);
  return reading.problems !== undefined
    ? { value: undefined, problems: problemsOf('state', reading.problems) }
    : { value: reading.value, problems: [] };
}
