import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { OimClient, StageRequest } from '../api/oimClient.ts';
import { isLostAnswer } from '../errors/fromAnswer.ts';
import { isSameMoment, stageNamed, type OimStage } from '../model/job.ts';
import { OimError } from '../oimError.ts';
import type { FollowSettings } from './settings.ts';

export type OrderOutcome =
  | { readonly outcome: 'accepted'; readonly isSure: boolean }
  /** The answer was lost, and the job shows nothing of the order. */
  | { readonly outcome: 'not-seen' }
  /** The answer was lost, and the job cannot be read. */
  | { readonly outcome: 'unknown' };

export interface Order {
  readonly client: Pick<OimClient, 'job' | 'startStage'>;
  readonly jobId: string;
  readonly request: StageRequest;
  /** The stage as it was before the order. */
  readonly before: OimStage | undefined;
  readonly clock: Clock;
  readonly settings: FollowSettings;
}

/**
 * Orders a stage, once. After a lost answer the job tells whether the order arrived; nothing is sent again here.
 * @throws OimError when the API refused, or nothing was sent
 */
export async function orderStage(order: Order, signal: AbortSignal): Promise<OrderOutcome> {
  try {
    await order.client.startStage(order.jobId, order.request, signal);
    return { outcome: 'accepted', isSure: true };
  } catch (error) {
    if (!isLostAnswer(error)) throw error;
    return lookForOrder(order, signal);
  }
}

async function lookForOrder(order: Order, signal: AbortSignal): Promise<OrderOutcome> {
  const { client, jobId, request, before, clock, settings } = order;
  const giveUpMs = clock.monotonic() + settings.lookMs;
  let settledMs: number | undefined;
  for (;;) {
    try {
      const stage = stageNamed(await client.job(jobId, signal), request.stage);
      if (!isSameMoment(stage, before)) return { outcome: 'accepted', isSure: false };
      // The order may still be on its way through a slow server or proxy.
      settledMs ??= clock.monotonic() + settings.settleMs;
      if (clock.monotonic() >= settledMs) return { outcome: 'not-seen' };
    } catch (error) {
      if (!OimError.is(error, 'not-reachable', 'server', 'rate-limited')) throw error;
    }
    if (clock.monotonic() >= giveUpMs) return { outcome: 'unknown' };
    await clock.sleep(settings.pollIntervalMs, signal);
  }
}
