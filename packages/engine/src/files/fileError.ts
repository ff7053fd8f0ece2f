import { phrase, type Said } from '@omnia-buildstream/core/text/phrase';
import { SaidError, saidOf } from '@omnia-buildstream/core/text/saidError';
import { codeOf } from './fileSystem.ts';
import { fileFaultTexts } from './fileTexts.ts';

/** Why a file of ours cannot be read or written. */
export type FileFault =
  | 'read-only'
  | 'disk-full'
  /** There is a symbolic link, or something else that is not a regular file, where a file or folder of ours belongs. */
  | 'not-ours'
  | 'io';

/** A refusal of the writer itself; what the file system throws stays as it is. */
export class NotOurs extends SaidError {
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

/** What a failed file operation means, and how to say it. */
export function fileFault(error: unknown): { readonly fault: FileFault; readonly said: Said } {
  if (error instanceof NotOurs) return { fault: 'not-ours', said: error.said };
  const code = codeOf(error) ?? '';
  const known = Object.entries(fileFaultTexts).find(([name]) => name === code);
  return { fault: faults[code] ?? 'io', said: known === undefined ? saidOf(error) : phrase(known[1]) };
}
