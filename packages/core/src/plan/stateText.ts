import { problemsOf, type PlanProblem } from './planProblems.ts';
import { readRestartState, type RestartState } from './restartState.ts';

export interface StateReading {
  readonly value: RestartState | undefined;
  /** Why it cannot be used; empty when it can. */
  readonly problems: readonly PlanProblem[];
}

/** Reads the text of a restart_state.json. */
export function readStateText(text: string): StateReading {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    return { value: undefined, problems: [{ kind: 'state-not-json', reason }] };
  }
  const reading = readRestartState(value);
  return reading.problems !== undefined
    ? { value: undefined, problems: problemsOf('state', reading.problems) }
    : { value: reading.value, problems: [] };
}
