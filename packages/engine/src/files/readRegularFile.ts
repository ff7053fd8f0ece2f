import { Buffer } from 'node:buffer';
import { constants } from 'node:fs';
import { open, type readFile } from 'node:fs/promises';
import { readRegular } from '@omnia-buildstream/core/files/readRegular';

/** A journal of ten thousand nodes has some ten megabytes. */
const maxBytes = 256 * 1024 * 1024;

/** What our code asks of `readFile`. */
type Options = BufferEncoding | { readonly encoding?: BufferEncoding | null; readonly signal?: AbortSignal } | null;

async function read(file: string, options?: Options): Promise<Buffer | string> {
  const { encoding, signal } = typeof options === 'string' ? { encoding: options } : (options ?? {});
  signal?.throwIfAborted();
  // Windows has no such flag, and no pipes in folders.
  const handle = await open(file, constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0));
  const bytes = Buffer.from(await readRegular(handle, maxBytes));
  return encoding ? bytes.toString(encoding) : bytes;
}

/**
 * Node's `readFile` for files that somebody else may have put there: regular files of bounded size only, by path.
 * @throws NotRead, and what the file system throws
 */
export const readRegularFile = read as typeof readFile;
