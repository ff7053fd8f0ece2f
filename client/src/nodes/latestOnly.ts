/** Runs work one at a time. Calls during a run are merged into one further run. */
export class LatestOnly {
  readonly #work: () => Promise<void>;
  #running: Promise<void> | undefined;
  #isAskedAgain = false;

  /** `work` must handle its own errors. */
  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  /** Resolves once a run that began after this call has ended. */
  async run(): Promise<void> {
    if (this.#running !== undefined) {
      this.#isAskedAgain = true;
      await this.#running;
      return;
    }
    this.#running = this.#loop();
    await this.#running;
  }

  async #loop(): Promise<void> {
    try {
      do {
        this.#isAskedAgain = false;
        await this.#work();
      } while (this.#askedAgain());
    } finally {
      this.#running = undefined;
    }
  }

  #askedAgain(): boolean {
    return this.#isAskedAgain;
  }
}
