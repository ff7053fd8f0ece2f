import type * as fs from 'node:fs/promises';
import { StateError } from '../ports/stateStore.ts';

/** What the state needs of Node's file system; tests break it. */
export type StateFs = Pick<
  typeof fs,
  'open' | 'readFile' | 'rename' | 'unlink' | 'mkdir' | 'link' | 'truncate' | 'writeFile'
>;

const reasons: Readonly<Record<string, StateError['reason']>> = {
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
};

const words: Readonly<Record<string, string>> = {
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of the path is no folder',
};

/** The StateError for a failed file operation. */
export function stateError(error: unknown, what: string): StateError {
  if (error instanceof StateError) return error;
  const code = codeOf(error) ?? '';
  const text = words[code] ?? (error instanceof Error ? error.message : String(error));
  return new StateError(reasons[code] ?? 'io', `${what}: ${text}`, error);
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The content of a file; undefined when there is none. */
export async function readIfThere(fs: StateFs, file: string): Promise<string | undefined> {
  try {
    return await fs.readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw stateError(error, `${file} cannot be read`);
  }
}

/** Replaces a file at one stroke: whoever reads it sees the old or the new text, and a crash leaves one of them. */
export async function replaceText(fs: StateFs, folder: string, name: string, text: string): Promise<void> {
  const temporary = `${folder}/.${name}.tmp`;
  const handle = await fs.open(temporary, 'w', 0o644);
  try {
    await handle.writeFile(text, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
  await fs.rename(temporary, `${folder}/${name}`);
  await syncFolder(fs, folder);
}

/** Makes a rename durable. Not every file system lets a folder be opened; then nothing more can be done. */
async function syncFolder(fs: StateFs, folder: string): Promise<void> {
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
