import type { PreparedStage } from '@omnia-buildstream/core/stage/preparedStage';
import type { StageRun } from '@omnia-buildstream/runner/preparedStage';
import type { StageEvent } from '@omnia-buildstream/runner/stageEvent';
import type { SessionRun } from './stageDefinition.ts';

/** How a stage is shown while it is carried out: terminal, notification, nodes. */
export interface RunView<End> {
  /** With the first event, so not while a password is still asked for. */
  begin(ended: Promise<void>): void;
  show(event: StageEvent): void;
  /** How it ended. Resolves to the exit code. */
  tell(end: End): Promise<number>;
  /** After `begin`, however it ended. */
  end(): void;
}

/** Carries a prepared stage out and shows it. Resolves to the exit code; rejects as its `run` does. */
export async function carryOut<End>(
  prepared: Pick<PreparedStage<StageRun, End>, 'run'>,
  view: RunView<End>,
  { stop: { stop, stopAtOnce }, access }: SessionRun & Pick<StageRun, 'access'>,
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
    return await view.tell(await prepared.run({ emit, stop, stopAtOnce, access }));
  } finally {
    finish();
    if (shown.hasBegun) view.end();
  }
}
