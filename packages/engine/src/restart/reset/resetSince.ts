import type { SystemState } from '../../ports/bmc.ts';

/** Clocks and responses are not exact: a reset so shortly after the plan was made counts as one before it. */
const toleranceMs = 60_000;

interface Moment {
  /** The time by the clock of the BMC, in epoch milliseconds. */
  readonly bmcNowMs: number;
  /** How long ago the plan was made, in milliseconds. */
  readonly plannedAgoMs: number;
}

/**
 * When somebody else has reset the system since the plan was made, as the BMC writes it; undefined: nobody has, as far
 * as it reports. Both times are by the BMC's own clock, which may be wrong by any amount.
 */
export function resetSince({ lastResetTime }: SystemState, { bmcNowMs, plannedAgoMs }: Moment): string | undefined {
  const agoMs = bmcNowMs - Date.parse(lastResetTime ?? '');
  // One in the future says nothing.
  return agoMs >= -toleranceMs && agoMs < plannedAgoMs - toleranceMs ? lastResetTime : undefined;
}
