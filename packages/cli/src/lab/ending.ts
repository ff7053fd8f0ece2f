import { once } from 'node:events';

/** The end of a lab that runs until somebody stops it. */
export interface Ending {
  /** Resolves when it is to end: Ctrl-C, SIGTERM, SIGHUP, or the end of standard input when that was asked for. */
  readonly asked: Promise<void>;
  dispose(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Listens from now on, so that a signal while the lab starts ends it in good order too. A second one ends the process
 * at once.
 * @param untilEof end with standard input: whoever started us holds the other end, and has ended, however it did
 */
export function listenForEnding({ untilEof }: { readonly untilEof: boolean }): Ending {
  const ended = new AbortController();
  const end = (): void => {
    dispose();
    ended.abort();
  };
  const dispose = (): void => {
    for (const name of signals) process.off(name, end);
    if (!untilEof) return;
    process.stdin.off('end', end).off('error', end).pause();
  };
  for (const name of signals) process.on(name, end);
  if (untilEof) process.stdin.on('end', end).on('error', end).resume();
  return { asked: once(ended.signal, 'abort').then(() => undefined), dispose };
}
