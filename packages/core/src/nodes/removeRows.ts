import { smallest } from '../text/lists.ts';
import { deleteRecords } from '../csv/edits.ts';
import { removalTexts } from '../plan/changeTexts.ts';
import { mergeConflictIn } from '../plan/obstacles.ts';
import { sayObstacle } from '../plan/changeTexts.ts';
import { leavingNotices, noticePhrase } from '../plan/planNotices.ts';
import { omniaTargetsIn, type ReadMapping } from '../plan/targets.ts';
import type { Say } from '../text/message.ts';
import { wordsOf } from '../text/phrase.ts';
import type { TextEdit } from '../text/position.ts';
import { seenTarget, type SeenRow } from './seenRow.ts';

export interface RowRemoval {
  /** Remove these rows and nothing else. */
  readonly edits: readonly TextEdit[];
  /** Rows that are removed. */
  readonly count: number;
  /** The consequences, the most serious first, in the user's language. */
  readonly consequences: readonly string[];
  /** Why nothing can be removed; in the user's language. */
  readonly refused: string | null;
}

/**
 * How rows are removed from a mapping file, and what that does to their nodes. A row that is no longer there is left
 * out.
 */
export function removeRows(file: ReadMapping, seen: readonly SeenRow[], say: Say): RowRemoval {
  const conflict = mergeConflictIn(file);
  if (conflict !== undefined) return { edits: [], count: 0, consequences: [], refused: sayObstacle(conflict, say) };
  const { document } = file;
  const rows = omniaTargetsIn(file);
  const leaving = new Set(seen.flatMap((row) => seenTarget(rows, row) ?? []));
  const first = smallest([...leaving].map(({ line }) => line));
  const below = rows.filter((row) => row.line > first && !leaving.has(row)).length;
  const notices = leavingNotices(rows, leaving);
  const saysHow = notices.some(({ kind }) => kind === 'retired-row');
  return {
    edits: deleteRecords(
      document,
      [...leaving].flatMap(({ line }) => document.records[document.indexAtLine(line)] ?? []),
    ),
    count: leaving.size,
    consequences: [
      ...notices.map((notice) => wordsOf(noticePhrase(notice), say)),
      ...(saysHow || leaving.size === 0 ? [] : [say(removalTexts.leaveOut)]),
      ...(below === 0 ? [] : [say(removalTexts.rowsBelow, { count: below })]),
    ],
    refused: null,
  };
}
