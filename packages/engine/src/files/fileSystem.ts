import { link, lstat, mkdir, open, readdir, realpath, rename, unlink } from 'node:fs/promises';

/** What the writer needs of Node's file system; tests break it. */
export interface FileSystem {
  readonly link: typeof link;
  readonly lstat: typeof lstat;
  readonly mkdir: typeof mkdir;
  readonly open: typeof open;
  readonly readdir: typeof readdir;
  readonly realpath: typeof realpath;
  readonly rename: typeof rename;
  readonly unlink: typeof unlink;
}

/** The disk. */
export const nodeFiles: FileSystem = { link, lstat, mkdir, open, readdir, realpath, rename, unlink };

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
