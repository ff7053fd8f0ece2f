import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { OimClient, StageRequest } from '../api/oimClient.ts';
import { mayHaveBegun } from '../errors/fromAnswer.ts';
import { isSameMoment, stageNamed, type OimStage } from '../model/job.ts';
import { isPassing, OimError } from '../oimError.ts';
import type { FollowSettings } from './settings.ts';

export type OrderOutcome =
  | { readonly outcome: 'accepted'; readonly isSure: boolean }
  /**
   * The API did not confirm the request, and the job does not show it: the stage may be running nevertheless (omnia.md
   * section 7).
   */
  | { readonly outcome: 'not-seen'; readonly why: OimError }
  /** The API did not confirm the request, and the job cannot be read. */
  | { readonly outcome: 'unknown'; readonly why: OimError };

export interface Order {
  readonly client: Pick<OimClient, 'job' | 'startStage'>;
  readonly jobId: string;
  readonly request: StageRequest;
  /** The stage before the request. */
  readonly before: OimStage | undefined;
  readonly clock: Clock;
  readonly settings: FollowSettings;
}

/**
 * Requests a stage once and never repeats it: if an error does not prove that nothing began, the job is checked.
 * @throws OimError if certainly nothing began
 */
export async function orderStage(order: Order, signal: AbortSignal): Promise<OrderOutcome> {
  try {
    await order.client.startStage(order.jobId, order.request, signal);
    return { outcome: 'accepted', isSure: true };
  } catch (error) {
    if (!(error instanceof OimError) || !mayHaveBegun(error)) throw error;
    return lookForOrder(order, error, signal);
  }
}

async function lookForOrder(order: Order, why: OimError, signal: AbortSignal): Promise<OrderOutcome> {
  const { client, jobId, request, before, clock, settings } = order;
  const giveUpMs = clock.monotonic() + settings.lookMs;
  let settledMs: number | undefined;
  for (;;) {
    try {
      const stage = stageNamed(await client.job(jobId, signal), request.stage);
      if (!isSameMoment(stage, before)) return { outcome: 'accepted', isSure: false };
      // The request may still be on its way through a slow server or proxy.
      settledMs ??= clock.monotonic() + settings.settleMs;
      if (clock.monotonic() >= settledMs) return { outcome: 'not-seen', why };
    } catch (error) {
      if (!(error instanceof OimError)) throw error;
      if (!isPassing(error)) return { outcome: 'unknown', why };
    }
    if (clock.monotonic() >= giveUpMs) return { outcome: 'unknown', why };
    await clock.sleep(settings.pollIntervalMs, signal);
  }
}
