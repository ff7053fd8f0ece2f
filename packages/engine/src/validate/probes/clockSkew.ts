import { phrase } from '@omnia-buildstream/core/text/phrase';
import type { Clock } from '../../ports/clock.ts';
import { failed, inError, passed, type Check } from '../check.ts';
import { checkAdviceTexts as advice, findingTexts as texts } from '../checkTexts.ts';
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
    if (Number.isNaN(theirMs)) {
      return inError(phrase(texts.noDate, { text: printed.text.trim().slice(0, 80) }), advice.date);
    }
    const aheadMs = Math.max(0, theirMs - answeredMs);
    const behindMs = Math.max(0, askedMs - theirMs);
    const skewMs = Math.max(aheadMs, behindMs);
    const skew = seconds(skewMs);
    if (skewMs <= limitMs) return passed(phrase(texts.clockDiffers, { skew, limit: seconds(limitMs) }));
    return failed(phrase(aheadMs > 0 ? texts.clockAhead : texts.clockBehind, { skew }), advice.chrony, true);
  };
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
