import { randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { codeOf, type FileSystem } from './fileSystem.ts';

type Opened = Pick<FileHandle, 'writeFile' | 'sync' | 'close'>;

/** Characters that are created and written in one go: a millisecond or two. */
const chunkLength = 65_536;

export interface Replacement {
  /** Puts the content into the open file. */
  readonly fill: (handle: FileHandle) => Promise<void>;
  readonly mode?: number;
  /** Called when everything is on the disk and the old file is still in place; may refuse by throwing. */
  readonly beforeRename?: () => Promise<void>;
}

/**
 * Replaces files, each atomically: a temporary file with a random name is created exclusively next to each (so no link
 * is followed), written, flushed and renamed over the old one (a link there is replaced, not followed). All are on the
 * disk before the first old file goes. Whatever fails, no temporary file stays, and a file is the old or the new one.
 */
export async function replaceFiles(fs: FileSystem, files: ReadonlyMap<string, Replacement>): Promise<void> {
  const waiting = new Map<string, string>();
  try {
    for (const [file, { fill, mode = 0o644 }] of files) {
      const temporary = temporaryFor(file);
      const handle = await fs.open(temporary, 'wx', mode);
      waiting.set(file, temporary);
      await fillAndSync(handle, () => fill(handle));
    }
    for (const [file, temporary] of waiting) {
      await files.get(file)?.beforeRename?.();
      await fs.rename(temporary, file);
      waiting.delete(file);
    }
  } finally {
    for (const temporary of waiting.values()) await fs.unlink(temporary).catch(() => undefined);
  }
  for (const folder of new Set([...files.keys()].map((file) => path.dirname(file)))) await syncFolder(fs, folder);
}

export function replaceFile(fs: FileSystem, file: string, replacement: Replacement): Promise<void> {
  return replaceFiles(fs, new Map([[file, replacement]]));
}

/** Fills an open file and closes it whatever happens. */
export async function fillAndSync(handle: Opened, fill: () => Promise<void>): Promise<void> {
  try {
    await fill();
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes a text, or one in pieces: then others get a turn between two writes, however long it is. */
export function textOf(text: string | Iterable<string>): (handle: FileHandle) => Promise<void> {
  if (typeof text === 'string') return (handle) => handle.writeFile(text, 'utf8');
  return async (handle) => {
    let chunk = '';
    for (const piece of text) {
      chunk += piece;
      if (chunk.length < chunkLength) continue;
      await handle.writeFile(chunk, 'utf8');
      chunk = '';
    }
    await handle.writeFile(chunk, 'utf8');
  };
}

function temporaryFor(file: string): string {
  return path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}.tmp`);
}

/** What a killed run may have left, recognized by the name that `temporaryFor` gives. */
export const leftBehind = /^\..+\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/** Makes a rename durable. Not every file system lets a folder be opened; then nothing more can be done. */
async function syncFolder(fs: FileSystem, folder: string): Promise<void> {
  try {
    const handle = await fs.open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP'].includes(codeOf(error) ?? '')) throw error;
  }
}
