import type { Clock } from '../clock.ts';
import { isGitLabError } from '../errors/gitlabError.ts';
import { nextDelayMs, type Activity, type PollHistory } from './delay.ts';

export interface PollResult {
  readonly activity: Activity;
  readonly isChanged: boolean;
}

export interface PollerOptions {
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
  readonly poll: (signal: AbortSignal) => Promise<PollResult>;
  /** A poll failed; the poller continues unless the token can no longer be used. */
  readonly onError: (error: unknown) => void;
}

/** Polling again sooner makes no sense, however often a view is shown and hidden. */
const shortestPauseMs = 1000;

/**
 * The only scheduler: it polls only while someone is looking. Owned by the code that creates it. States: it runs while
 * it is visible, focused and signed in; losing one of these aborts the poll in progress.
 */
export class Poller {
  readonly #options: PollerOptions;
  #isVisible = false;
  #isFocused = true;
  #isSignedIn = false;
  #isDisposed = false;
  #loop: AbortController | undefined;
  #lastPollMs = Number.NEGATIVE_INFINITY;
  #history: PollHistory = { activity: 'running', unchangedPolls: 0, failedPolls: 0, lastError: undefined };

  constructor(options: PollerOptions) {
    this.#options = options;
  }

  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible;
    this.#adjust();
  }

  setFocused(isFocused: boolean): void {
    this.#isFocused = isFocused;
    this.#adjust();
  }

  setSignedIn(isSignedIn: boolean): void {
    // Failures with the old token do not slow down the new one; a pause that the server asked for is kept.
    const isFresh = isSignedIn && !this.#isSignedIn && !isGitLabError(this.#history.lastError, 'rate-limited');
    if (isFresh) this.#history = { ...this.#history, failedPolls: 0, lastError: undefined };
    this.#isSignedIn = isSignedIn;
    this.#adjust();
  }

  /** Polls now, after a user action, and expects something to be running. */
  wake(): void {
    this.#history = { ...this.#history, activity: 'running', unchangedPolls: 0 };
    // A pause that the server asked for is kept.
    if (this.#history.failedPolls > 0 || this.#loop === undefined) return;
    this.#stop();
    this.#adjust();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#stop();
  }

  #adjust(): void {
    const isWanted = this.#isVisible && this.#isFocused && this.#isSignedIn && !this.#isDisposed;
    if (!isWanted) this.#stop();
    else if (this.#loop === undefined) void this.#run(this.#start());
  }

  #start(): AbortSignal {
    this.#loop = new AbortController();
    return this.#loop.signal;
  }

  #stop(): void {
    this.#loop?.abort();
    this.#loop = undefined;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, random } = this.#options;
    const { failedPolls } = this.#history;
    // Back in view: polls immediately, unless the last poll is recent or the server asked for a pause.
    const pauseMs = failedPolls > 0 ? nextDelayMs(this.#history, random()) : shortestPauseMs;
    let waitMs = this.#lastPollMs + pauseMs - clock.now();
    try {
      for (;;) {
        if (waitMs > 0) await clock.sleep(waitMs, signal);
        if (signal.aborted) return;
        await this.#pollOnce(signal);
        waitMs = nextDelayMs(this.#history, random());
      }
    } catch (error) {
      if (!signal.aborted) this.#options.onError(error);
    }
  }

  async #pollOnce(signal: AbortSignal): Promise<void> {
    this.#lastPollMs = this.#options.clock.now();
    try {
      const { activity, isChanged } = await this.#options.poll(signal);
      const unchangedPolls = isChanged ? 0 : this.#history.unchangedPolls + 1;
      this.#history = { activity, unchangedPolls, failedPolls: 0, lastError: undefined };
    } catch (error) {
      if (signal.aborted) return;
      this.#history = { ...this.#history, failedPolls: this.#history.failedPolls + 1, lastError: error };
      if (isGitLabError(error, 'signed-out', 'token-expired')) {
        this.#isSignedIn = false;
        this.#stop();
      }
      this.#options.onError(error);
    }
  }
}
