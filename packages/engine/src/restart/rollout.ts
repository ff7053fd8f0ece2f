import type { Share } from '@omnia-buildstream/core/stage/share';

/** How carefully a run goes through its nodes. */
export interface Rollout {
  /**
   * Nodes that go first, of each functional group at least one; the others only when these have reported. 0: none goes
   * first. `auto`: as many as {@link canarySize} says.
   */
  readonly canary: number | 'auto';
  /** At most this many nodes are begun and have neither reported nor failed; undefined: no limit. */
  readonly inFlight: number | undefined;
  /** When more than this many did not boot after their reset, no further node is begun; undefined: no limit. */
  readonly maxFailed: Share | undefined;
  /** The same for nodes that were not reset, because their BMC could not be used. */
  readonly maxUnreachable: Share | undefined;
}

export const wholeRollout: Rollout = {
  canary: 0,
  inFlight: undefined,
  maxFailed: undefined,
  maxUnreachable: undefined,
};

/** From this many nodes on, `auto` lets some go first. */
const autoCanaryFrom = 50;
const autoCanary = 3;

/** How many of the nodes of a run go first, before the groups are looked at; 0: none. */
export function canarySize({ canary }: Pick<Rollout, 'canary'>, nodes: number): number {
  if (canary !== 'auto') return canary;
  return nodes >= autoCanaryFrom ? autoCanary : 0;
}

export function shareText({ unit, value }: Share): string {
  return unit === 'percent' ? `${String(value)}%` : String(value);
}
