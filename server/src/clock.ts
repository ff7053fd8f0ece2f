/** The server's clock; tests bring their own. */
export interface ServerClock {
  /** Milliseconds since an arbitrary point in time. */
  now(): number;
  /**
   * Milliseconds that this process has worked since an arbitrary point in time, without time spent on other processes.
   */
  worked(): number;
  /** Runs work after a delay; disposing of the result cancels it. */
  after(delayMs: number, work: () => void): Pending;
}

export interface Pending {
  dispose(): void;
}

interface Waiting {
  readonly dueMs: number;
  readonly work: () => void;
  timer: Pending;
}

/**
 * The machine's clock for a server under test. The test can move it forward; work that becomes due runs immediately.
 */
export class MovableClock implements ServerClock {
  readonly #machine: ServerClock;
  readonly #waiting = new Set<Waiting>();
  #aheadMs = 0;

  constructor(machine: ServerClock) {
    this.#machine = machine;
  }

  now(): number {
    return this.#machine.now() + this.#aheadMs;
  }

  worked(): number {
    return this.#machine.worked();
  }

  after(delayMs: number, work: () => void): Pending {
    const waiting: Waiting = {
      dueMs: this.now() + delayMs,
      work: () => {
        waiting.timer.dispose();
        this.#waiting.delete(waiting);
        work();
      },
      timer: this.#machine.after(delayMs, () => {
        waiting.work();
      }),
    };
    this.#waiting.add(waiting);
    return {
      dispose: () => {
        waiting.timer.dispose();
        this.#waiting.delete(waiting);
      },
    };
  }

  passMs(ms: number): void {
    this.#aheadMs += ms;
    for (const waiting of [...this.#waiting].sort((a, b) => a.dueMs - b.dueMs)) {
      waiting.timer.dispose();
      waiting.timer = this.#machine.after(Math.max(0, waiting.dueMs - this.now()), waiting.work);
    }
  }
}
