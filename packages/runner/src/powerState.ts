import { saidOf } from '@omnia-buildstream/core/text/saidError';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { DeadlineError, withDeadline } from '@omnia-buildstream/engine/time/deadline';
import { BmcError, type BmcClient, type PowerState } from '@omnia-buildstream/engine/ports/bmc';

/** A BMC's response to a request for its power state. */
export type PowerReading =
  | { readonly bmcIp: string; readonly power: PowerState }
  | { readonly bmcIp: string; readonly error: BmcError };

const maxAtATime = 16;
/** Limit for one BMC, including the login. */
const nodeTimeoutMs = 60_000;

/**
 * Reads the power state of BMCs; changes nothing. Logs in to each BMC once; a BMC that refused the credentials is not
 * asked again for the lifetime of the client. Calls `onReading` as the responses arrive. Rejects only with the signal's
 * reason.
 */
export async function readPowerStates(
  client: BmcClient,
  addresses: readonly string[],
  {
    clock,
    signal,
    onReading,
  }: { readonly clock: Clock; readonly signal: AbortSignal; readonly onReading: (reading: PowerReading) => void },
): Promise<void> {
  const waiting = [...new Set(addresses)];
  const work = async (): Promise<void> => {
    for (;;) {
      const bmcIp = waiting.shift();
      if (bmcIp === undefined) return;
      onReading(await readOne(client, bmcIp, clock, signal));
      signal.throwIfAborted();
    }
  };
  await Promise.all(Array.from({ length: Math.min(maxAtATime, waiting.length) }, work));
}

async function readOne(client: BmcClient, bmcIp: string, clock: Clock, signal: AbortSignal): Promise<PowerReading> {
  const connection = client.connect(bmcIp);
  try {
    return await withDeadline(clock, nodeTimeoutMs, signal, async (inner) => {
      await connection.reach(inner);
      await connection.login(inner);
      const { power } = await connection.read(inner);
      return { bmcIp, power };
    });
  } catch (error) {
    if (error instanceof BmcError) return { bmcIp, error };
    const isLate = signal.aborted || error instanceof DeadlineError;
    return { bmcIp, error: new BmcError(isLate ? 'unreachable' : 'protocol', saidOf(error), { cause: error }) };
  } finally {
    await connection.close();
  }
}
