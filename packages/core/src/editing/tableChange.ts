import type { TextEdit } from '../text/position.ts';

/** What a command does to a mapping file: one list of edits, so that one "undo" takes it back. */
export interface TableChange {
  readonly edits: readonly TextEdit[];
  /** Rows that are new, changed, moved or gone. */
  readonly count: number;
  /** What to know about it, the most serious first; in the user's language. */
  readonly notes: readonly string[];
  /** Why nothing is done; in the user's language. */
  readonly refused: string | null;
}

export function refusedChange(reason: string): TableChange {
  return { edits: [], count: 0, notes: [], refused: reason };
}
