/** A server that dies this often in this time is not started again until the user asks. */
const maxCrashes = 4;
const periodMs = 3 * 60_000;

/** Decides whether a language server that died is started again. */
export class CrashPolicy {
  readonly #now: () => number;
  #crashes: number[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Notes a crash; true when the server is worth another start. */
  mayRestart(): boolean {
    const now = this.#now();
    this.#crashes = [...this.#crashes.filter((time) => now - time < periodMs), now];
    return this.#crashes.length <= maxCrashes;
  }
}
