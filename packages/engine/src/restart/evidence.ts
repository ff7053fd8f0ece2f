import type { SystemState } from '../ports/bmc.ts';
import type { ResetIntent } from '@omnia-buildstream/core/restart/journalRecord';

/**
 * Whether a reset was carried out, as far as the state of the system tells.
 * - `happened`: its time of the last reset changed, the power changed as the reset would change it, or the override of
 *   one boot is used up.
 * - `not-yet`: nothing of that, on a BMC that would show it: it tells the last reset, or the system was off and still is.
 * - `unknown`: nothing of that, and a reset could have happened unnoticed.
 */
export type ResetEvidence = 'happened' | 'not-yet' | 'unknown';

export function evidenceOf(intent: ResetIntent, now: SystemState): ResetEvidence {
  if (intent.kind === 'GracefulShutdown') return evidenceOfShutdown(intent, now);
  const wasOff = intent.power === 'Off';
  const tellsReset = intent.lastResetTime !== undefined && now.lastResetTime !== undefined;
  if (tellsReset && intent.lastResetTime !== now.lastResetTime) return 'happened';
  if (wasOff ? now.power === 'On' || now.power === 'PoweringOn' : isGoingThroughReset(now)) return 'happened';
  if (intent.override === 'Once' && isUsedUp(now)) return 'happened';
  return tellsReset || (wasOff && now.power === 'Off') ? 'not-yet' : 'unknown';
}

/**
 * A system that was asked to shut down, and not yet to come on again: while it is off nothing has booted. On, it may have
 * been off and come back by somebody else's hand, where the BMC does not tell its last reset.
 */
function evidenceOfShutdown(intent: ResetIntent, now: SystemState): ResetEvidence {
  if (now.power !== 'On' && now.power !== 'PoweringOn') return 'not-yet';
  if (intent.override === 'Once' && isUsedUp(now)) return 'happened';
  if (intent.lastResetTime === undefined || now.lastResetTime === undefined) return 'unknown';
  return intent.lastResetTime === now.lastResetTime ? 'not-yet' : 'happened';
}

/** Recorded iDRAC 8 rest at Once with the target None (redfish.md section 4). */
function isUsedUp({ override: { enabled, target } }: SystemState): boolean {
  return enabled === 'Disabled' || (enabled === 'Once' && target === 'None');
}

function isGoingThroughReset({ power }: SystemState): boolean {
  return power === 'Off' || power === 'PoweringOn' || power === 'PoweringOff';
}
