import { smallest } from '@omnia-buildstream/core/text/lists';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import { BmcError, type BmcClient } from '@omnia-buildstream/engine/ports/bmc';
import { forEachLimited } from '@omnia-buildstream/engine/concurrency/forEachLimited';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import { withDeadline } from '@omnia-buildstream/engine/time/deadline';
import { bmcTexts } from './texts.ts';

/** Whether a BMC responded to a check. */
export interface BmcReading {
  readonly bmcIp: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly responds: boolean;
}

const maxAtATime = 16;
const limitMs = 60_000;

/** Checks whether BMCs respond over Redfish. Does not log in, so no secret is needed, and changes nothing. */
export async function askBmcs(
  client: BmcClient,
  addresses: readonly string[],
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<readonly BmcReading[]> {
  const readings: BmcReading[] = [];
  await forEachLimited([...new Set(addresses)], maxAtATime, async (bmcIp) => {
    const connection = client.connect(bmcIp);
    try {
      await withDeadline(clock, limitMs, signal, (inner) => connection.reach(inner));
      readings.push({ bmcIp, at: clock.now(), responds: true });
    } catch (error) {
      signal.throwIfAborted();
      // An untrusted certificate shows that a BMC is there.
      readings.push({ bmcIp, at: clock.now(), responds: error instanceof BmcError && error.reason === 'tls' });
    } finally {
      await connection.close();
    }
  });
  return readings;
}

/** A longer list of names would not help the user. */
const mostNames = 8;

/**
 * Which BMCs of the nodes responded, and how many minutes ago the first of them was checked.
 * @param nowMs milliseconds since the epoch
 */
export function reachabilityNotes(
  readings: ReadonlyMap<string, BmcReading>,
  nodes: readonly Pick<Target, 'bmcIp' | 'hostname'>[],
  nowMs: number,
): Phrase[] {
  if (nodes.length === 0) return [];
  const asked = nodes.flatMap((target) => {
    // An address in Omnia's list keeps the spaces of its cell.
    const reading = readings.get(target.bmcIp.trim());
    return reading === undefined ? [] : [{ target, reading }];
  });
  if (asked.length === 0) return [phrase(bmcTexts.notAsked)];
  const silent = asked.filter(({ reading }) => !reading.responds).map(({ target }) => target.hostname || target.bmcIp);
  const oldest = smallest(asked.map(({ reading }) => reading.at));
  const minutes = Math.max(0, Math.floor((nowMs - oldest) / 60_000));
  const notes = [phrase(bmcTexts.respond, { count: asked.length - silent.length, total: asked.length, minutes })];
  const names = silent.slice(0, mostNames).join(', ');
  if (silent.length > mostNames) notes.push(phrase(bmcTexts.silentMore, { names, more: silent.length - mostNames }));
  else if (silent.length > 0) notes.push(phrase(bmcTexts.silent, { names }));
  const rest = nodes.length - asked.length;
  return rest === 0 ? notes : [...notes, phrase(bmcTexts.othersNotAsked, { count: rest })];
}
