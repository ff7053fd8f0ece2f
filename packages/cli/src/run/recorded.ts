import type { Answer } from '@omnia-buildstream/core/history/historyRecord';
import type { PreparedRun, StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import type { OthersWatch } from '@omnia-buildstream/runner/others/besideOthers';
import { authorOf, historyOf } from '@omnia-buildstream/runner/history/historyPlace';
import { runRecorded } from '@omnia-buildstream/runner/history/runRecorded';
import { causeOf } from '../cannotRun.ts';
import type { Io } from '../io.ts';
import { version } from '../version.ts';

/** What the history of a run records besides its plan and its events. */
export interface Told {
  /** The mapping file; undefined: the one that is sent. */
  readonly mapping?: { readonly file: string; readonly text: string };
  readonly answers: readonly Answer[];
  readonly others: OthersWatch;
  /** The server that carries it out; absent: it is carried out from here. */
  readonly server?: string;
}

/** A question that was answered with yes: at the terminal, or by the option. */
export function answered(question: string, yes: boolean): readonly Answer[] {
  return [{ question, answer: yes ? '--yes' : 'yes' }];
}

/** Says that not all of the history could be written. */
export function historyFailed(io: Pick<Io, 'stderr'>): (error: unknown) => void {
  return (error) => {
    void io.stderr
      .write(`The history of this run could not be written completely: ${causeOf(error)}.\n`)
      .catch(() => undefined);
  };
}

/**
 * The only way in which a command carries a stage out: its history is kept in the folder that the command is started
 * in.
 */
export function recordedRun<Run extends { readonly emit: (event: never) => void }, End>(
  prepared: Pick<PreparedRun<Run, End>, 'run' | 'stage' | 'asks'> & StagePlan,
  run: Run,
  { mapping, answers, server, others }: Told,
  io: Io,
): Promise<End> {
  const failed = historyFailed(io);
  const by = authorOf('command line', version);
  return runRecorded(prepared, run, { place: historyOf(io.cwd), by, server, mapping, answers, others, failed }, io);
}
