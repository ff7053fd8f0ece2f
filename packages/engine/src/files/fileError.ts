import { codeOf } from './fileSystem.ts';

/** Why a file of ours cannot be read or written. */
export type FileFault =
  | 'read-only'
  | 'disk-full'
  /** A symbolic link, or something else that is no regular file, stands where a file or folder of ours belongs. */
  | 'not-ours'
  | 'io';

/** A refusal of the writer itself; what the file system throws stays as it is. */
export class NotOurs extends Error {
  override readonly name = 'NotOurs';
}

const faults: Readonly<Record<string, FileFault>> = {
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  ELOOP: 'not-ours',
};

const words: Readonly<Record<string, string>> = {
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of the path is not a folder',
  ELOOP: 'it is a symbolic link, which is not followed',
};

/** What a failed file operation means, and how to say it. */
export function fileFault(error: unknown): { readonly fault: FileFault; readonly text: string } {
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof NotOurs) return { fault: 'not-ours', text };
  const code = codeOf(error) ?? '';
  return { fault: faults[code] ?? 'io', text: words[code] ?? text };
}
