import type { Clock } from '../ports/clock.ts';
import type { StateStore } from '../ports/stateStore.ts';
import type { StateFiles } from '../state/stateFiles.ts';

/** Of the time, at most this share goes into writing state, however large the fleet is. */
const writingShare = 0.03;

/**
 * Writes Omnia's files after each finished node. Nodes that finish during a write share the next one. Nothing is lost
 * by that: the journal has every result before.
 */
export class StateWriter {
  readonly #store: StateStore;
  readonly #clock: Clock;
  readonly #files: () => StateFiles;
  readonly #onError: (error: unknown) => void;
  #isDirty = false;
  #writing: Promise<void> | undefined;
  readonly #hurry = new AbortController();

  constructor(store: StateStore, clock: Clock, files: () => StateFiles, onError: (error: unknown) => void) {
    this.#store = store;
    this.#clock = clock;
    this.#files = files;
    this.#onError = onError;
  }

  schedule(): void {
    this.#isDirty = true;
    this.#writing ??= this.#write();
  }

  /** Writes what is to be written; nothing is scheduled afterwards. */
  async finish(): Promise<void> {
    this.#hurry.abort();
    await this.#writing;
    await this.#store.write(this.#files());
  }

  /** Ends without writing. */
  async abandon(): Promise<void> {
    this.#isDirty = false;
    this.#hurry.abort();
    await this.#writing;
  }

  async #write(): Promise<void> {
    try {
      while (this.#isDirty) {
        this.#isDirty = false;
        const startMs = this.#clock.monotonic();
        await this.#store.write(this.#files());
        const tookMs = this.#clock.monotonic() - startMs;
        await this.#clock.sleep(tookMs * (1 / writingShare - 1), this.#hurry.signal).catch(() => undefined);
      }
    } catch (error) {
      this.#onError(error);
    } finally {
      this.#writing = undefined;
    }
  }
}
