import type { TextFile } from '../../api/editFile.ts';

/** An input file of the user's, or their failed_nodes.json. */
export interface LocalInput {
  /** In the repository. */
  readonly path: string;
  /** Without byte order mark: Omnia fails on one. */
  readonly text: string;
}

/** What the default branch has of a file; undefined: no such file yet. */
export interface OnServer {
  readonly server: TextFile | undefined;
}
