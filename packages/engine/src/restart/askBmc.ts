import type { Target } from '@omnia-buildstream/core/plan/targets';
import type { Said } from '@omnia-buildstream/core/text/phrase';
import { BmcError, type BmcConnection } from '../ports/bmc.ts';
import { DeadlineError, withDeadline } from '../time/deadline.ts';
import type { StageContext } from './context.ts';

/** Reading the BMC of a node that is waited for takes no longer than this. */
const mostMs = 30_000;

export type Asked<T> = { readonly told: T } | { readonly notTold: Said };

/**
 * Reads a BMC once more over a connection of its own, taking one of the places for begun work. @throws what the signal
 * aborts with
 */
export async function askBmc<T>(
  { bmc, clock, slots, signal }: Pick<StageContext, 'bmc' | 'clock' | 'slots' | 'signal'>,
  target: Target,
  ask: (connection: BmcConnection, signal: AbortSignal) => Promise<T>,
): Promise<Asked<T>> {
  const slot = await slots.acquire('begun', signal);
  const connection = bmc.connect(target.bmcIp, target);
  try {
    return await withDeadline(clock, mostMs, signal, async (inner) => {
      await connection.reach(inner);
      await connection.login(inner);
      return { told: await ask(connection, inner) };
    });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof BmcError || error instanceof DeadlineError) return { notTold: error.said };
    throw error;
  } finally {
    await connection.close();
    slot.release();
  }
}
