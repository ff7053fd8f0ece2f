import { BmcError, type RowHardware } from '@omnia-buildstream/engine/ports/bmc';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { BmcManager, ManagedBmc } from '@omnia-buildstream/engine/ports/managedBmc';
import { DeadlineError, withDeadline } from '@omnia-buildstream/engine/time/deadline';

/** What is needed to query BMCs outside of a run. */
export interface BmcWorld {
  readonly bmcs: BmcManager;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** A BMC to query; the row identifies the intended system if the BMC manages several. */
export interface AskedBmc extends RowHardware {
  readonly bmcIp: string;
}

/** Number of BMCs that are queried at a time. */
export const bmcsAtATime = 16;
/** Limit for one BMC, including the login; some need seconds for each response, and each NIC is a request. */
const limitMs = 120_000;

/**
 * Logs in to one BMC, runs `work`, and logs out. Errors of the BMC and a timeout are returned as values. Rejects only
 * with the signal's reason or an unexpected error.
 */
export async function withManagedBmc<T>(
  asked: AskedBmc,
  { bmcs, clock, signal }: BmcWorld,
  work: (bmc: ManagedBmc, signal: AbortSignal) => Promise<T>,
): Promise<T | BmcError> {
  const bmc = bmcs.manage(asked.bmcIp, asked);
  try {
    return await withDeadline(clock, limitMs, signal, async (inner) => {
      await bmc.reach(inner);
      await bmc.login(inner);
      return work(bmc, inner);
    });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof BmcError) return error;
    if (error instanceof DeadlineError) return new BmcError('unreachable', error.said, { cause: error });
    throw error;
  } finally {
    await bmc.close();
  }
}
