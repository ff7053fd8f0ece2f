import type { Target } from '@omnia-buildstream/core/plan/targets';
import { phrase, type Said } from '@omnia-buildstream/core/text/phrase';
import { BmcError } from '../ports/bmc.ts';
import { DeadlineError, withDeadline } from '../time/deadline.ts';
import type { StageContext } from './context.ts';
import { findingTexts } from './stepTexts.ts';
import { whyNotBooted } from './whyNotBooted.ts';

/** The BMC of a node that did not report is read for no longer. */
const mostMs = 30_000;

/**
 * Why a node did not boot, as far as its BMC tells, for its message; says so when it tells nothing. Only
 * reads, over a connection of its own. @throws what the signal aborts with
 */
export async function findOut(
  { bmc, clock, slots, signal }: Pick<StageContext, 'bmc' | 'clock' | 'slots' | 'signal'>,
  target: Target,
  sinceMs: number | undefined,
): Promise<Said> {
  const slot = await slots.acquire('begun', signal);
  const connection = bmc.connect(target.bmcIp, target);
  try {
    return await withDeadline(clock, mostMs, signal, async (inner) => {
      await connection.reach(inner);
      await connection.login(inner);
      return whyNotBooted(await connection.findings({ adminMac: target.adminMac, sinceMs }, inner));
    });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof BmcError || error instanceof DeadlineError) {
      return phrase(findingTexts.notAsked, { why: error.said });
    }
    throw error;
  } finally {
    await connection.close();
    slot.release();
  }
}
