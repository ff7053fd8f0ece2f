import type { Clock } from '../../ports/clock.ts';
import { failed, inError, passed, type Check } from '../check.ts';
import { print, type Login } from './login.ts';
import type { Probe } from './prober.ts';

/**
 * Compares the node's clock with ours. The node read its clock at some moment between our question and its answer, so
 * only what lies outside that span by more than the limit is certainly wrong.
 */
export function clockProbe(
  login: Login,
  clock: Clock,
  limitMs: number,
): Probe<Extract<Check, { readonly kind: 'clock' }>> {
  return async ({ address }, signal) => {
    const askedMs = clock.now();
    const printed = await print(login, address, 'date +%s.%N', signal);
    const answeredMs = clock.now();
    if ('finding' in printed) return printed.finding;
    const theirMs = Number(/^\d{9,11}(?:\.\d+)?$/.exec(printed.text.trim())?.[0]) * 1000;
    if (Number.isNaN(theirMs)) return inError(`date printed "${printed.text.trim().slice(0, 80)}"`, 'Log in and look.');
    const aheadMs = Math.max(0, theirMs - answeredMs);
    const behindMs = Math.max(0, askedMs - theirMs);
    const skewMs = Math.max(aheadMs, behindMs);
    if (skewMs <= limitMs)
      return passed(`the clock differs by ${seconds(skewMs)} at least, ${seconds(limitMs)} are allowed`);
    const direction = aheadMs > 0 ? 'ahead' : 'behind';
    const advice = 'Look at `chronyc tracking` on the node. Slurm and Kubernetes refuse nodes whose clock is wrong.';
    return failed(`the clock is ${seconds(skewMs)} ${direction}`, advice, true);
  };
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
