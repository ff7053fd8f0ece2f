import { once } from 'node:events';

/** Resolves at Ctrl-C or SIGTERM. */
export async function interrupted(): Promise<void> {
  const ended = new AbortController();
  // Signals alone do not keep a process alive; the listeners of the fleet do.
  await Promise.race(
    (['SIGINT', 'SIGTERM'] as const).map((name) => once(process, name, { signal: ended.signal })),
  ).finally(() => {
    ended.abort();
  });
}
