import { StateError } from '../ports/stateError.ts';
import type { Clock } from '../ports/clock.ts';
import type { OwnFolder } from '../files/ownFolder.ts';
import { releaseLock, takeLock } from './lock.ts';
import type { ProcessTable } from './processIdentity.ts';

/** The holder of a small file's lock has it for a few writes. */
const retryMs = 25;
const limitMs = 5_000;

/** Waits for the lock of a folder, and works while holding it. @throws StateError `locked`, after a while */
export async function whileLocked<T>(
  folder: OwnFolder,
  name: string,
  { processes, clock }: { readonly processes: ProcessTable; readonly clock: Clock },
  work: () => Promise<T>,
): Promise<T> {
  const endMs = clock.monotonic() + limitMs;
  for (;;) {
    try {
      await takeLock(folder, name, processes);
      break;
    } catch (error) {
      if (!(error instanceof StateError) || error.reason !== 'locked' || clock.monotonic() >= endMs) throw error;
      await clock.sleep(retryMs);
    }
  }
  try {
    return await work();
  } finally {
    await releaseLock(folder, name, processes).catch(() => undefined);
  }
}
