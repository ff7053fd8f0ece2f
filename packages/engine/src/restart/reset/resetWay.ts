import type { ResetKind } from '@omnia-buildstream/core/restart/resetKind';
import type { SystemState } from '../../ports/bmc.ts';

/** The resets that boot a system anew, in their order; after a shutdown the run waits until the power is off. */
export type ResetWay =
  | readonly ['On']
  | readonly ['ForceRestart']
  | readonly ['GracefulRestart']
  | readonly ['GracefulShutdown', 'On'];

/**
 * How a system in this state is restarted, never harsher than asked for. Undefined: asked for gently, and the BMC has
 * nothing gentle (recorded iDRACs have no GracefulRestart: redfish.md section 4).
 */
export function resetWay(
  { power, resets }: Pick<SystemState, 'power' | 'resets'>,
  restart: 'force' | 'graceful',
): ResetWay | undefined {
  if (power === 'Off' || power === 'PoweringOff') return ['On'];
  if (restart === 'force') return ['ForceRestart'];
  const has = (kind: ResetKind): boolean => resets?.includes(kind) ?? false;
  if (resets === undefined || has('GracefulRestart')) return ['GracefulRestart'];
  return has('GracefulShutdown') && has('On') ? ['GracefulShutdown', 'On'] : undefined;
}
