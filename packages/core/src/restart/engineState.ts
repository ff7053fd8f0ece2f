import { noFailedNodes, readFailedNodes } from '../failedNodes/read.ts';
import type { FailedNodes, StateFileProblem, StateFileReading } from '../failedNodes/types.ts';
import { emptyRestartState, readRestartState, type RestartState } from '../plan/restartState.ts';
import { isIdentifier } from '../text/identifier.ts';
import { lastRunOf, withResults, type InterruptedRun } from './interruptedRun.ts';
import { readJournal, type JournalRecord } from './journalRecord.ts';

/** Names of the files in a state folder: Omnia's three (omnia.md section 3.1), our journal and lock. */
export const stateFileNames = {
  failedNodes: 'failed_nodes.json',
  restartState: 'restart_state.json',
  nodeResults: 'node_results.json',
  journal: 'restart_journal.ndjson',
  lock: 'restart.lock',
} as const;

/** What the stage engine's own state folder says about earlier runs. */
export interface EngineState {
  /** With the results of an interrupted run in it. */
  readonly restartState: RestartState;
  readonly failedNodes: FailedNodes;
  /** Job that the state belongs to; undefined when nothing says. */
  readonly jobId: string | undefined;
  /** A run that did not end: killed, stopped at once, or under way. */
  readonly interrupted: InterruptedRun | undefined;
  /** Stamp of Omnia's list of failed nodes that stood when the last run began; undefined: not known. */
  readonly afterList: string | undefined;
}

/** The texts of a state folder; undefined: there is no such file. */
export interface StateTexts {
  readonly journal: string | undefined;
  readonly restartState: string | undefined;
  readonly failedNodes: string | undefined;
}

export type EngineStateProblem =
  | { readonly kind: 'not-json'; readonly file: string; readonly cause: unknown }
  | { readonly kind: 'shape'; readonly file: string; readonly problem: StateFileProblem }
  /** The journal does not say which run it belongs to. */
  | { readonly kind: 'no-beginning' };

type Reading = { readonly state: EngineState } | { readonly problem: EngineStateProblem };

/** Reads a state folder; pure. */
export function readEngineState({ journal, restartState, failedNodes }: StateTexts): Reading {
  const state = readFile(stateFileNames.restartState, restartState, readRestartState, emptyRestartState);
  if ('problem' in state) return state;
  const failed = readFile(stateFileNames.failedNodes, failedNodes, readFailedNodes, noFailedNodes);
  if ('problem' in failed) return failed;
  return stateOf(readJournal(journal ?? ''), { restartState: state.value, failedNodes: failed.value });
}

function readFile<T>(
  file: string,
  text: string | undefined,
  read: (value: unknown) => StateFileReading<T>,
  absent: T,
): { readonly value: T } | { readonly problem: EngineStateProblem } {
  if (text === undefined) return { value: absent };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return { problem: { kind: 'not-json', file, cause } };
  }
  const reading = read(value);
  if (reading.problems === undefined) return { value: reading.value };
  const [problem = { reason: 'not-an-object' } as const] = reading.problems;
  return { problem: { kind: 'shape', file, problem } };
}

type Files = Pick<EngineState, 'restartState' | 'failedNodes'>;

/** What the files say, the last journal read into it. */
function stateOf(records: readonly JournalRecord[], { restartState, failedNodes }: Files): Reading {
  const last = lastRunOf(records);
  if (last === 'no-beginning') return { problem: { kind: 'no-beginning' } };
  if (last === undefined) {
    const { jobId = '' } = failedNodes;
    const owner = isIdentifier(jobId) ? jobId : undefined;
    return { state: { restartState, failedNodes, jobId: owner, interrupted: undefined, afterList: undefined } };
  }
  const { run, isOpen } = last;
  const { jobId, afterList } = run;
  const named = { ...restartState, imageGroup: run.imageGroup };
  if (!isOpen) return { state: { restartState: named, failedNodes, jobId, interrupted: undefined, afterList } };
  return { state: { ...withResults(named, failedNodes, run), jobId, interrupted: run, afterList } };
}
