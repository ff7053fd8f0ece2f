import { BackgroundWatch } from '@omnia-buildstream/gitlab/poll/background';
import { Poller, type PollResult } from '@omnia-buildstream/gitlab/poll/poller';
import { clock } from '../../platform/clock.ts';

interface Work {
  readonly poll: (signal: AbortSignal) => Promise<PollResult>;
  /** The end of a pipeline is waited for. */
  readonly isAwaited: () => boolean;
  /** A restart runs, whose log may tell of nodes. */
  readonly isRestarting: () => boolean;
}

/** When pipelines are looked at: often while somebody sees them, and now and then while only their end is waited for. */
export class LookSchedule {
  readonly #work: Work;
  readonly #poller: Poller;
  readonly #background: BackgroundWatch;
  #arePipelinesVisible = false;
  #areNodesVisible = false;
  #isFocused = true;

  constructor(work: Work) {
    this.#work = work;
    this.#poller = new Poller({ clock, random: Math.random, poll: work.poll, onError: () => undefined });
    this.#background = new BackgroundWatch({
      clock,
      random: Math.random,
      // Whoever looks is served by the poller.
      isWanted: () => !this.isLookedAt && work.isAwaited(),
      poll: async (signal) => {
        await work.poll(signal);
      },
    });
  }

  /** Somebody sees pipelines, or nodes that a pipeline works on. */
  get isLookedAt(): boolean {
    return this.#isFocused && this.#isVisible;
  }

  get #isVisible(): boolean {
    const { isAwaited, isRestarting } = this.#work;
    return this.#arePipelinesVisible || (this.#areNodesVisible && (isAwaited() || isRestarting()));
  }

  setPipelinesVisible(areVisible: boolean): void {
    this.#arePipelinesVisible = areVisible;
    this.adjust();
  }

  setNodesVisible(areVisible: boolean): void {
    this.#areNodesVisible = areVisible;
    this.adjust();
  }

  setFocused(isFocused: boolean): void {
    this.#isFocused = isFocused;
    this.#poller.setFocused(isFocused);
  }

  setSignedIn(isSignedIn: boolean): void {
    this.#poller.setSignedIn(isSignedIn);
  }

  /** What is waited for, or runs, may be another now. */
  adjust(): void {
    this.#poller.setVisible(this.#isVisible);
  }

  /** Looks now, and expects that something runs. */
  wake(): void {
    this.#poller.wake();
  }

  dispose(): void {
    this.#poller.dispose();
    this.#background.dispose();
  }
}
