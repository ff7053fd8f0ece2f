import type { Io } from '../io.ts';

/** Ctrl-C as two signals: the first asks to finish, the second to stop at once. SIGTERM leaves no time to finish. */
export interface Interrupts {
  readonly stop: AbortSignal;
  readonly stopAtOnce: AbortSignal;
  dispose(): void;
}

export function listenForInterrupts({ onSignal }: Io): Interrupts {
  const stop = new AbortController();
  const stopAtOnce = new AbortController();
  const dispose = onSignal(['SIGINT', 'SIGTERM'], (name) => {
    if (name === 'SIGTERM' || stop.signal.aborted) stopAtOnce.abort();
    else stop.abort();
  });
  return { stop: stop.signal, stopAtOnce: stopAtOnce.signal, dispose };
}
