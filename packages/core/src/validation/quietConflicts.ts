import { mergeConflict } from '../rules/mergeConflict.ts';
import type { Finding } from '../rules/rule.ts';
import { conflictMark, conflictsOf, type ConflictMark } from '../text/conflicts.ts';

/**
 * Which findings are reported where a merge left conflicts: one per conflict, and none about its content, since one of
 * its sides will go. Undefined: there is no conflict.
 */
export function quietConflicts(early: readonly Finding[]): ((finding: Finding) => boolean) | undefined {
  const marks = early
    .flatMap(({ rule, place: { record } }) => (rule === mergeConflict && record !== undefined ? [record] : []))
    .sort((a, b) => a.order - b.order);
  if (marks.length === 0) return undefined;
  const found = marks.map(({ cells, order }): [ConflictMark, number] => [
    conflictMark(cells[0] ?? '') ?? 'part',
    order,
  ]);
  const conflicts = conflictsOf(found);
  return ({ rule, place: { record } }) => {
    const order = record?.order;
    const conflict = conflicts.find(({ first, last }) => order !== undefined && order >= first && order <= last);
    return conflict === undefined || (rule === mergeConflict && order === conflict.first);
  };
}
