import { UserError } from '@omnia-buildstream/core/errors/userError';

/** Why a command cannot run. The message is for people: a sentence that says what is wrong and what to do. */
export function cannotRun(kind: 'arguments' | 'file' | 'output', message: string): UserError {
  return new UserError({ kind, message });
}

const causes: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  ENOTREG: 'it is not a regular file',
  EFBIG: 'it is too large',
  ENOTDIR: 'a part of the path is not a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ELOOP: 'its symbolic links go in circles',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
  ERR_FS_FILE_TOO_LARGE: 'it is too large',
  ERR_STRING_TOO_LONG: 'it is too large',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is too large',
};

/** The cause of a system error in words. */
export function causeOf(error: unknown): string {
  const code = codeOf(error);
  return (code === undefined ? undefined : causes[code]) ?? (error instanceof Error ? error.message : String(error));
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
