/** A server that crashes more often than this within the period is not started again until the user asks. */
const maxCrashes = 4;
const periodMs = 3 * 60_000;

/** Decides whether a crashed language server is started again. */
export class CrashPolicy {
  readonly #now: () => number;
  #crashes: number[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Records a crash. @returns whether the server may be started again */
  mayRestart(): boolean {
    const now = this.#now();
    this.#crashes = [...this.#crashes.filter((time) => now - time < periodMs), now];
    return this.#crashes.length <= maxCrashes;
  }
}
