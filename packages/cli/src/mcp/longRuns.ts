import { withDeadline } from '@omnia-buildstream/engine/time/deadline';
import { answer, refusal, type Part, type ToolAnswer } from '@omnia-buildstream/tools/answer';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';

/** Clients give up on a request after a minute, and would take that for a failure. */
const patienceMs = 45_000;

const mistake = 'This is a mistake in buildstream. What was done is not known.';

type Work = (signal: AbortSignal) => Promise<ToolAnswer>;

/**
 * Changes in progress. A stage runs for longer than a client waits, so the call is answered before the stage ends, and
 * the outcome is reported later.
 */
export class LongRuns {
  readonly #clock: Clock;
  readonly #running = new Map<Promise<void>, string>();
  readonly #stop = new AbortController();
  #ended: Part[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param signal aborted by the one who waits: no further node is started */
  async run(action: string, work: Work, signal: AbortSignal): Promise<ToolAnswer> {
    signal.throwIfAborted();
    if (this.#running.size > 0)
      return refusal('Nothing was changed: another change is still under way. See run_status.');
    const asked = new AbortController();
    const stop = AbortSignal.any([this.#stop.signal, asked.signal]);
    let isAwaited = true;
    const whole = work(stop).catch(() => refusal(mistake));
    const kept = whole.then((end) => {
      if (!isAwaited) this.#ended.push({ own: `${action}: ended.` }, ...end.parts);
      this.#running.delete(kept);
    });
    this.#running.set(kept, action);
    try {
      return await withDeadline(this.#clock, patienceMs, signal, () => whole);
    } catch {
      // The call was canceled, or it is time to answer it; `whole` itself never rejects.
      isAwaited = false;
      if (signal.aborted) asked.abort();
      return answer({ own: `${action}: still running. run_status tells how far it is, and how it ended.` });
    }
  }

  /** What has ended since the last time this was asked, and what is in progress. */
  news(): readonly Part[] {
    const told = [...this.#ended, ...[...this.#running.values()].map((action) => ({ own: `${action}: running.` }))];
    this.#ended = [];
    return told;
  }

  /** The client has gone: nodes in progress are finished, and no further ones are started. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running.keys());
  }
}
