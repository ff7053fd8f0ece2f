import type { PreparedRun } from '@omnia-buildstream/core/stage/preparedStage';
import type { StageRun } from '@omnia-buildstream/runner/preparedStage';
import { authorOf, historyOf } from '@omnia-buildstream/runner/history/historyPlace';
import { runRecorded, type RecordedStage } from '@omnia-buildstream/runner/history/runRecorded';
import type { OtherPlace } from '@omnia-buildstream/runner/others/othersAtWork';
import type { StageEvent } from '@omnia-buildstream/runner/stageEvent';
import { machine } from '../machine.ts';
import type { StageContext } from '../stageContext.ts';
import type { SessionRun } from '../stageDefinition.ts';

/** Shows a stage while it runs: terminal, notification, nodes. */
export interface RunView<End> {
  /** Called with the first event, so not while the user is still being asked for a password. */
  begin(ended: Promise<void>): void;
  show(event: StageEvent): void;
  /** Shows how the stage ended. Resolves to the exit code. */
  tell(end: End): Promise<number>;
  /** Called after `begin`, however the stage ended. */
  end(): void;
}

/** What else the history of a run needs. */
export interface KeptHistory extends Pick<RecordedStage, 'mapping' | 'server'> {
  /** Where to look for other runs, apart from this computer. */
  readonly elsewhere: readonly OtherPlace[];
  /** Folder of the project. */
  readonly project: string;
  readonly context: Pick<StageContext, 'log' | 'version'>;
}

/** Runs a prepared stage, shows it and records its history. Resolves to the exit code; rejects as its `run` does. */
export async function carryOut<End>(
  prepared: PreparedRun<StageRun, End>,
  view: RunView<End>,
  { stop: { stop, stopAtOnce }, access, answers }: SessionRun & Pick<StageRun, 'access'>,
  { project, context: { log, version }, mapping, server, elsewhere }: KeptHistory,
): Promise<number> {
  let finish: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const shown = { hasBegun: false };
  const emit = (event: StageEvent): void => {
    if (!shown.hasBegun) view.begin(ended);
    shown.hasBegun = true;
    view.show(event);
  };
  try {
    const failed = (error: unknown): void => {
      log.warn(`The history of this run could not be written completely: ${String(error)}`);
    };
    const unseen = (error: unknown): void => {
      log.warn(`Other runs on this computer cannot see this one: ${String(error)}`);
    };
    const others = { places: elsewhere, unseen };
    const recorded = {
      place: historyOf(project),
      by: authorOf('editor', version),
      server,
      mapping,
      answers,
      others,
      failed,
    };
    const run = { emit, stop, stopAtOnce, access };
    return await view.tell(await runRecorded(prepared, run, recorded, machine));
  } finally {
    finish();
    if (shown.hasBegun) view.end();
  }
}
