import { onAbort } from '../time/onAbort.ts';

/** A place among the items that are worked on at the same time. */
export interface Slot {
  release(): void;
}

interface Waiting {
  readonly grant: () => void;
}

/**
 * The one limit of how many BMCs, addresses or writes are worked on at the same time. Work that has begun goes first
 * when a place becomes free, so that nodes are finished before others are begun.
 */
export class Slots {
  #free: number;
  readonly #begun: Waiting[] = [];
  readonly #new: Waiting[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Waits for a place. Rejects with the signal's reason. */
  acquire(kind: 'begun' | 'new', signal: AbortSignal): Promise<Slot> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const queue = kind === 'begun' ? this.#begun : this.#new;
      const unlisten = onAbort(signal, () => {
        queue.splice(queue.indexOf(waiting), 1);
        reject(signal.reason as Error);
      });
      const waiting: Waiting = {
        grant: () => {
          unlisten();
          resolve(this.#slot());
        },
      };
      queue.push(waiting);
      this.#serve();
    });
  }

  #slot(): Slot {
    let isHeld = true;
    return {
      release: () => {
        if (!isHeld) return;
        isHeld = false;
        this.#free++;
        this.#serve();
      },
    };
  }

  #serve(): void {
    while (this.#free > 0) {
      const next = this.#begun.shift() ?? this.#new.shift();
      if (next === undefined) return;
      this.#free--;
      next.grant();
    }
  }
}
