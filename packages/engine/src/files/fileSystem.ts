import { promises } from 'node:fs';
import type { link, lstat, mkdir, open, readdir, realpath, rename, unlink } from 'node:fs/promises';

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

/** The disk. Node loads its promises on first use, which never happens in a command that only reads. */
export const nodeFiles: FileSystem = {
  get link() {
    return promises.link;
  },
  get lstat() {
    return promises.lstat;
  },
  get mkdir() {
    return promises.mkdir;
  },
  get open() {
    return promises.open;
  },
  get readdir() {
    return promises.readdir;
  },
  get realpath() {
    return promises.realpath;
  },
  get rename() {
    return promises.rename;
  },
  get unlink() {
    return promises.unlink;
  },
};

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
