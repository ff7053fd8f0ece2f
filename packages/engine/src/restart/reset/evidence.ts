import type { SystemState } from '../../ports/bmc.ts';
import type { ResetIntent } from '@omnia-buildstream/core/restart/journalRecord';

/**
 * Whether the state of the system shows that a reset was carried out: its time of the last reset changed, the power
 * changed as the reset would change it, or the override of one boot is used up. The absence of all this proves nothing:
 * the order may be carried out later, many BMCs report no last reset, and others report it only when the system has
 * come up.
 */
export function showsReset(intent: ResetIntent, now: SystemState): boolean {
  const isOn = now.power === 'On' || now.power === 'PoweringOn';
  // Asked to shut down, and has not come on again yet: while it is off nothing has booted.
  if (intent.kind === 'GracefulShutdown' && !isOn) return false;
  if (intent.override === 'Once' && isUsedUp(now)) return true;
  const tellsReset = intent.lastResetTime !== undefined && now.lastResetTime !== undefined;
  if (tellsReset && intent.lastResetTime !== now.lastResetTime) return true;
  if (intent.kind === 'GracefulShutdown') return false;
  return intent.power === 'Off' ? isOn : isGoingThroughReset(now);
}

/** Whether a system that has booted since would show it: then a state without that is from before the reset. */
export function wouldShow(intent: ResetIntent, now: SystemState): boolean {
  const tellsReset = intent.lastResetTime !== undefined && now.lastResetTime !== undefined;
  return tellsReset || (intent.override === 'Once' && now.override.isWhereLooked);
}

/** Recorded iDRAC 8 rest at Once with the target None (redfish.md section 4). */
function isUsedUp({ override: { enabled, target } }: SystemState): boolean {
  return enabled === 'Disabled' || (enabled === 'Once' && target === 'None');
}

function isGoingThroughReset({ power }: SystemState): boolean {
  return power === 'Off' || power === 'PoweringOn' || power === 'PoweringOff';
}
