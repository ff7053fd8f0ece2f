import { BmcError, type RowHardware } from '@omnia-buildstream/engine/ports/bmc';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { BmcManager, ManagedBmc } from '@omnia-buildstream/engine/ports/managedBmc';
import { DeadlineError, withDeadline } from '@omnia-buildstream/engine/time/deadline';

/** What asking BMCs outside of a run takes. */
export interface BmcWorld {
  readonly bmcs: BmcManager;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** A BMC to ask; the row tells which system is meant where it manages several. */
export interface AskedBmc extends RowHardware {
  readonly bmcIp: string;
}

/** BMCs asked at a time. */
export const bmcsAtATime = 16;
/** For one BMC, logging in included; some take seconds for each answer, and each NIC is a request. */
const limitMs = 120_000;

/**
 * Logs in to one BMC for `work`, and logs out. What the BMC or the time answers instead is a value. Rejects only with the
 * signal's reason, and with what nobody expects.
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
