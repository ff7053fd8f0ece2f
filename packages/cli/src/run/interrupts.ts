/** Ctrl-C as two signals: the first asks to finish, the second to stop at once. SIGTERM leaves no time to finish. */
export interface Interrupts {
  readonly stop: AbortSignal;
  readonly stopAtOnce: AbortSignal;
  dispose(): void;
}

export function listenForInterrupts(): Interrupts {
  const stop = new AbortController();
  const stopAtOnce = new AbortController();
  const onInterrupt = (): void => {
    if (stop.signal.aborted) stopAtOnce.abort();
    else stop.abort();
  };
  const onTerminate = (): void => {
    stopAtOnce.abort();
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  return {
    stop: stop.signal,
    stopAtOnce: stopAtOnce.signal,
    dispose() {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onTerminate);
    },
  };
}
