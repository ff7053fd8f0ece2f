/** Time as the engine sees it; tests bring their own. */
export interface Clock {
  /** Milliseconds since the epoch, for what is written down. */
  now(): number;
  /** Milliseconds that only grow, for deadlines and durations. */
  monotonic(): number;
  /** Waits. Rejects with the signal's reason when it aborts. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
  /** The same for a limit, most of which are never reached: cheap to set and to end. Absent: it is made of `sleep`. */
  readonly alarm?: SetAlarm;
}

/** Calls `ring` once after the time; returns what cancels that. */
export type SetAlarm = (durationMs: number, ring: () => void) => () => void;

/** A number in [0, 1). */
export type Random = () => number;
