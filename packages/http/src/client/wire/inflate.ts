import { Transform, type TransformCallback } from 'node:stream';
import { createInflate, createInflateRaw } from 'node:zlib';

/** Bits of the first byte in zlib's format (RFC 1950) that hold the compression method, which is 8. */
const methodBits = 0x0f;

/**
 * Decompresses `deflate`, either in zlib's format, as specified (RFC 9110 section 8.4.1.2), or raw, as sent by some
 * servers such as lighttpd, which BMCs run. Pauses while its reader is busy.
 */
export class Inflate extends Transform {
  #inflate: Transform | undefined;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (chunk.length === 0) done();
    else (this.#inflate ??= this.#begin(chunk)).write(chunk, done);
  }

  override _flush(done: TransformCallback): void {
    if (this.#inflate === undefined) done();
    else {
      this.#inflate.once('end', done);
      this.#inflate.end();
    }
  }

  override _read(size: number): void {
    this.#inflate?.resume();
    super._read(size);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#inflate?.destroy();
    done(error);
  }

  #begin(chunk: Buffer): Transform {
    const inflate = ((chunk[0] ?? 0) & methodBits) === 8 ? createInflate() : createInflateRaw();
    inflate.on('data', (piece: Buffer) => {
      if (!this.push(piece)) inflate.pause();
    });
    inflate.on('error', (error) => this.destroy(error));
    return inflate;
  }
}
