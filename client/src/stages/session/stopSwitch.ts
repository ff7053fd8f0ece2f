/** Stops a run in two steps: the first press finishes the nodes in progress, the second stops immediately. */
export class StopSwitch {
  readonly #stop = new AbortController();
  readonly #atOnce = new AbortController();

  /** Aborts at the first press. No further node is started then. */
  get stop(): AbortSignal {
    return this.#stop.signal;
  }

  get stopAtOnce(): AbortSignal {
    return this.#atOnce.signal;
  }

  press(): 'finishing' | 'at-once' {
    if (this.#stop.signal.aborted) {
      this.#atOnce.abort();
      return 'at-once';
    }
    this.#stop.abort();
    return 'finishing';
  }

  pressAtOnce(): void {
    this.#stop.abort();
    this.#atOnce.abort();
  }
}
