import type { Clock } from '../ports/clock.ts';
import { noLonger } from './onAbort.ts';

/** Calls `ring` once when the time is over. @returns what cancels it */
export function setAlarm(clock: Pick<Clock, 'sleep' | 'alarm'>, durationMs: number, ring: () => void): () => void {
  if (clock.alarm !== undefined) return clock.alarm(durationMs, ring);
  const ended = new AbortController();
  clock.sleep(durationMs, ended.signal).then(ring, () => undefined);
  return () => {
    ended.abort(noLonger);
  };
}
