import type { Clock } from '../clock.ts';

export interface BackgroundOptions {
  readonly clock: Clock;
  /** 0 to 1; spreads the requests of many editors. */
  readonly random: () => number;
  /** Whether there is something to wait for while no one is looking. */
  readonly isWanted: () => boolean;
  readonly poll: (signal: AbortSignal) => Promise<void>;
}

const leastMs = 30_000;
const spanMs = 30_000;
const mostMs = 600_000;

/** Delay until the next poll in milliseconds: 30 to 60 s, doubled after each failed poll, ten minutes at most. */
export function backgroundDelayMs(failedPolls: number, random: number): number {
  return Math.min(mostMs, (leastMs + random * spanMs) * 2 ** Math.min(failedPolls, 10));
}

/**
 * Occasionally checks what was started or opened here while no one is looking, so that its end is reported. Owned by
 * the code that creates it.
 */
export class BackgroundWatch {
  readonly #options: BackgroundOptions;
  readonly #stop = new AbortController();

  constructor(options: BackgroundOptions) {
    this.#options = options;
    void this.#run();
  }

  dispose(): void {
    this.#stop.abort();
  }

  async #run(): Promise<void> {
    const { clock, random, isWanted, poll } = this.#options;
    const { signal } = this.#stop;
    let failedPolls = 0;
    while (!signal.aborted) {
      try {
        await clock.sleep(backgroundDelayMs(failedPolls, random()), signal);
      } catch {
        return;
      }
      if (!isWanted()) continue;
      try {
        await poll(signal);
        failedPolls = 0;
      } catch {
        // The view reports the error; here it only makes the pauses longer.
        failedPolls += 1;
      }
    }
  }
}
