import { Buffer } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, promises, readSync } from 'node:fs';
import type { readFile } from 'node:fs/promises';
import { readRegular, type OpenFile } from '@omnia-buildstream/core/files/readRegular';

/** A journal of ten thousand nodes has some ten megabytes. */
const maxBytes = 256 * 1024 * 1024;

/** What our code needs from `readFile`. */
type Options = BufferEncoding | { readonly encoding?: BufferEncoding | null; readonly signal?: AbortSignal } | null;

async function read(
  open: (file: string, flags: number) => Promise<OpenFile>,
  file: string,
  options?: Options,
): Promise<Buffer | string> {
  const { encoding, signal } = typeof options === 'string' ? { encoding: options } : (options ?? {});
  signal?.throwIfAborted();
  // Windows has no such flag, and no pipes in folders.
  const handle = await open(file, constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0));
  const { buffer, byteOffset, byteLength } = await readRegular(handle, maxBytes);
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return encoding ? bytes.toString(encoding) : bytes;
}

/**
 * Node's `readFile` for files that somebody else may have put there: regular files of bounded size only, by path.
 * @throws NotRead, and what the file system throws
 */
export const readRegularFile = ((file: string, options?: Options) =>
  read((...place) => promises.open(...place), file, options)) as typeof readFile;

/**
 * The same synchronously, for a program that has nothing else to do meanwhile: Node need not load its asynchronous
 * part.
 */
export const readRegularFileAtOnce = ((file: string, options?: Options) =>
  read(openAtOnce, file, options)) as typeof readFile;

function openAtOnce(file: string, flags: number): Promise<OpenFile> {
  const handle = openSync(file, flags);
  return Promise.resolve({
    stat: () => Promise.resolve(fstatSync(handle)),
    read: (buffer, offset, length) => Promise.resolve({ bytesRead: readSync(handle, buffer, offset, length, null) }),
    close: () => {
      closeSync(handle);
      return Promise.resolve();
    },
  });
}
