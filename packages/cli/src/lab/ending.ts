import type { Io } from '../io.ts';

/** The end of a lab that runs until somebody stops it. */
export interface Ending {
  /** Resolves when it is to end: Ctrl-C, SIGTERM, SIGHUP, or the end of standard input when that was asked for. */
  readonly asked: Promise<void>;
  dispose(): void;
}

/**
 * Listens from now on, so that a signal while the lab starts also ends it in an orderly way. A second one ends the
 * process at once.
 * @param untilEof end with standard input: the process that started us holds its other end, and has ended, for whatever
 *   reason
 */
export function listenForEnding({ onSignal, onInputEnd }: Io, { untilEof }: { readonly untilEof: boolean }): Ending {
  const { promise: asked, resolve } = withResolver();
  const end = (): void => {
    dispose();
    resolve();
  };
  const disposals = [onSignal(['SIGINT', 'SIGTERM', 'SIGHUP'], end), ...(untilEof ? [onInputEnd(end)] : [])];
  const dispose = (): void => {
    for (const disposal of disposals.splice(0)) disposal();
  };
  return { asked, dispose };
}

function withResolver(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((given) => {
    resolve = given;
  });
  return { promise, resolve };
}
