import type { TextFile } from '../../api/editFile.ts';

/** A local input file of the user, or their failed_nodes.json. */
export interface LocalInput {
  /** Path in the repository. */
  readonly path: string;
  /** Without a byte order mark, because Omnia fails on one. */
  readonly text: string;
}

/** The default branch's version of a file. Undefined if there is no such file yet. */
export interface OnServer {
  readonly server: TextFile | undefined;
}
