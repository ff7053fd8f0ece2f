import { setMaxListeners } from 'node:events';

/** Why something is no longer waited for; one for all, since creating an error takes as long as what it ends. */
export const noLonger = new Error('it is no longer waited for');

/**
 * Calls `listener` once when the signal aborts, and not at all for one that has aborted already. The one way to wait for
 * a signal: a thousand nodes may wait for the same one, which is no leak, and Node 20 would say on standard error that it
 * is one from the eleventh on.
 *
 * @returns what stops the waiting
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  mayBeAwaitedByMany(signal);
  signal.addEventListener('abort', listener, { once: true });
  return () => {
    signal.removeEventListener('abort', listener);
  };
}

/** For a signal that Node itself waits for. */
export function mayBeAwaitedByMany(signal: AbortSignal): void {
  setMaxListeners(0, signal);
}
