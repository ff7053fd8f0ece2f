import { createHash } from 'node:crypto';

/** One response of `GET /jobs/:id/trace`: always the whole log, because there is no offset. */
export interface TraceBody {
  /** Content-Length, if the server sends it. */
  readonly lengthBytes: number | undefined;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Discards the rest. */
  readonly discard: () => void;
}

/** Where the log is shown. */
export interface TraceSink {
  /** Appends text. A multi-byte character may be cut: decode with `stream: true`. */
  append(chunk: Uint8Array): void | Promise<void>;
  /** Everything shown so far is invalid. */
  clear(): void | Promise<void>;
}

export type TraceChange = 'unchanged' | 'appended' | 'redrawn';

/**
 * Follows a log that the server always sends from the start. Keeps only the length and a hash of what was shown, not
 * the text, so that memory does not grow with the log.
 */
export class TraceFollower {
  readonly #sink: TraceSink;
  #shownBytes = 0;
  #shown = createHash('sha256');

  constructor(sink: TraceSink) {
    this.#sink = sink;
  }

  get shownBytes(): number {
    return this.#shownBytes;
  }

  /**
   * Shows what is new.
   * @param fetchTrace called a second time if what was shown is no longer the start of the log
   */
  async update(fetchTrace: () => Promise<TraceBody>): Promise<TraceChange> {
    const body = await fetchTrace();
    if (body.lengthBytes !== undefined && body.lengthBytes === this.#shownBytes) {
      body.discard();
      return 'unchanged';
    }
    const before = this.#shownBytes;
    if (await this.#appendFrom(body)) return this.#shownBytes === before ? 'unchanged' : 'appended';
    await this.#sink.clear();
    this.#shownBytes = 0;
    this.#shown = createHash('sha256');
    await this.#appendFrom(await fetchTrace());
    return 'redrawn';
  }

  /** @returns false if the log does not begin with what is shown; nothing was appended then */
  async #appendFrom({ chunks, discard }: TraceBody): Promise<boolean> {
    const known = this.#shownBytes;
    const start = createHash('sha256');
    let seen = 0;
    let isVerified = known === 0;
    for await (const chunk of chunks) {
      const old = chunk.subarray(0, Math.max(0, known - seen));
      const fresh = chunk.subarray(old.byteLength);
      seen += chunk.byteLength;
      if (old.byteLength > 0) start.update(old);
      if (!isVerified && seen >= known) {
        if (start.digest('hex') !== this.#shown.copy().digest('hex')) {
          discard();
          return false;
        }
        isVerified = true;
      }
      if (isVerified && fresh.byteLength > 0) {
        this.#shown.update(fresh);
        this.#shownBytes += fresh.byteLength;
        await this.#sink.append(fresh);
      }
    }
    return isVerified;
  }
}

const shortestPauseMs = 3000;
const longestPauseMs = 30_000;
/** A large log is sent as a whole each time, so look less often: on average no more than this is transferred. */
const bytesPerMs = 2000;

/**
 * Delay before the next look at a running job's log, in milliseconds.
 * @param unchangedLooks how many times in a row nothing was new
 */
export function tracePauseMs(shownBytes: number, unchangedLooks: number): number {
  const idle = shortestPauseMs * 1.5 ** Math.min(unchangedLooks, 10);
  return Math.min(longestPauseMs, Math.max(idle, shownBytes / bytesPerMs));
}
