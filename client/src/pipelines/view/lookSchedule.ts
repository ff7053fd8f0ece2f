import { BackgroundWatch } from '@omnia-buildstream/gitlab/poll/background';
import { Poller, type PollResult } from '@omnia-buildstream/gitlab/poll/poller';
import { clock } from '../../platform/clock.ts';

interface Work {
  readonly poll: (signal: AbortSignal) => Promise<PollResult>;
  /** Whether the end of a pipeline is awaited. */
  readonly isAwaited: () => boolean;
  /** Whether a restart is running, whose log may say something about nodes. */
  readonly isRestarting: () => boolean;
}

/** Decides when to look at pipelines: often while the user sees them, now and then while only their end is awaited. */
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
      // While the user is looking, the poller does this.
      isWanted: () => !this.isLookedAt && work.isAwaited(),
      poll: async (signal) => {
        await work.poll(signal);
      },
    });
  }

  /** Whether the user sees pipelines, or nodes that a pipeline works on. */
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

  /** Called when what is awaited or running may have changed. */
  adjust(): void {
    this.#poller.setVisible(this.#isVisible);
  }

  /** Looks now, and expects something to be running. */
  wake(): void {
    this.#poller.wake();
  }

  dispose(): void {
    this.#poller.dispose();
    this.#background.dispose();
  }
}
