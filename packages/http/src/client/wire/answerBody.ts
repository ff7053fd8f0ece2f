import { finished, pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { phrase } from '@omnia-buildstream/core/text/phrase';
import { noLonger } from '@omnia-buildstream/engine/time/onAbort';
import { TransportError } from '../transportError.ts';
import { transportTexts } from '../transportTexts.ts';
import { Inflate } from './inflate.ts';
import type { ExchangeLimits, HttpClock } from './limits.ts';

/** Decompressors by Content-Encoding (RFC 9110 section 8.4.1). Some services compress without being asked. */
const unpackers: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: () => new Inflate(),
  br: createBrotliDecompress,
};
const mostEncodings = 2;
/** Node's error code for a stream that closes before its end. */
const cutShort = 'ERR_STREAM_PREMATURE_CLOSE';

interface BodyOptions {
  readonly encoding: string;
  readonly limits: Pick<ExchangeLimits, 'bodyBytes' | 'idleMs'>;
  readonly clock: HttpClock;
  /** Called when the body has ended, for whatever reason. */
  readonly onEnd: () => void;
}

/** The body of a response, decompressed and limited. It can be read or discarded once. */
export class AnswerBody implements AsyncIterable<Uint8Array> {
  readonly #raw: Readable;
  readonly #options: BodyOptions;

  constructor(raw: Readable, options: BodyOptions) {
    this.#raw = raw;
    this.#options = options;
    // The reader gets the error. Without a listener here, Node would throw it.
    raw.on('error', () => undefined);
  }

  /** @throws TransportError for a limit, a cut or a body that cannot be decompressed; else the connection's error */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const { limits, onEnd } = this.#options;
    let size = 0;
    const stream = this.#unpacked();
    const pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
    try {
      for (;;) {
        const next: IteratorResult<Uint8Array, unknown> = await this.#inTime(pieces.next());
        if (next.done === true) return;
        size += next.value.byteLength;
        if (size > limits.bodyBytes) throw new TransportError('bad-answer', phrase(transportTexts.tooLarge));
        yield next.value;
      }
    } catch (error) {
      throw told(error);
    } finally {
      stream.destroy();
      this.#raw.destroy();
      onEnd();
    }
  }

  /** @throws TransportError for a limit, a cut or a body that cannot be decompressed; else the connection's error */
  async text(): Promise<string> {
    if (this.#options.limits.idleMs === undefined) return this.#whole();
    const pieces: Uint8Array[] = [];
    for await (const piece of this) pieces.push(piece);
    return Buffer.concat(pieces).toString('utf8');
  }

  /** Drops the body without reading it. */
  discard(): void {
    this.#raw.destroy();
    this.#options.onEnd();
  }

  /**
   * Collects the whole body if there is no time limit between pieces: there are many responses, and iterating over a
   * stream is expensive.
   */
  async #whole(): Promise<string> {
    const { limits, onEnd } = this.#options;
    let stream: Readable | undefined;
    try {
      stream = this.#unpacked();
      return await collect(stream, limits.bodyBytes);
    } catch (error) {
      throw told(error);
    } finally {
      stream?.destroy();
      this.#raw.destroy();
      onEnd();
    }
  }

  #unpacked(): Readable {
    const names = this.#options.encoding.split(',').map((name) => name.trim().toLowerCase());
    const packed = names.filter((name) => name !== '' && name !== 'identity').reverse();
    const makers = packed.map((name) => (Object.hasOwn(unpackers, name) ? unpackers[name] : undefined));
    if (packed.length > mostEncodings || makers.includes(undefined)) {
      throw new TransportError('bad-answer', phrase(transportTexts.notPacked));
    }
    return makers.reduce<Readable>((stream, make) => {
      if (make === undefined) return stream;
      const unpacker = make();
      pipeline(stream, unpacker, () => undefined);
      return unpacker;
    }, this.#raw);
  }

  async #inTime<T>(next: Promise<T>): Promise<T> {
    const { clock, limits } = this.#options;
    const { idleMs } = limits;
    if (idleMs === undefined) return next;
    const came = new AbortController();
    const late = clock.sleep(idleMs, came.signal).then(
      () => {
        throw new TransportError('broken', phrase(transportTexts.late, { ms: idleMs }));
      },
      () => next,
    );
    next.catch(() => undefined);
    try {
      return await Promise.race([next, late]);
    } finally {
      came.abort(noLonger);
      late.catch(() => undefined);
    }
  }
}

function collect(stream: Readable, mostBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const pieces: Uint8Array[] = [];
    let size = 0;
    stream.on('data', (piece: Uint8Array) => {
      size += piece.byteLength;
      if (size > mostBytes) stream.destroy(new TransportError('bad-answer', phrase(transportTexts.tooLarge)));
      else pieces.push(piece);
    });
    // `finished` also reports a stream that is already closed.
    finished(stream, { writable: false }, (error) => {
      if (error === null || error === undefined) resolve(Buffer.concat(pieces).toString('utf8'));
      else reject(error);
    });
  });
}

/** Converts a stream's error to a TransportError if that says more. */
function told(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (isPacking(code)) return new TransportError('bad-answer', phrase(transportTexts.notPacked), error);
  return code === cutShort ? new TransportError('broken', phrase(transportTexts.broken, { code }), error) : error;
}

/** Whether an error code from zlib says that the body does not match its Content-Encoding. */
function isPacking(code: string): boolean {
  return code.startsWith('Z_') || code.startsWith('ERR__ERROR_') || code.startsWith('ERR_BROTLI');
}
