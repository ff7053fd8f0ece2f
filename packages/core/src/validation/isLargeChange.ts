import type { DocumentChange } from '../csv/document.ts';

/** Fewer rows are judged one by one, whatever the size of the file. */
const fewRows = 500;

/** Whether so many of the rows were replaced, as by a sort, that judging the file anew is quicker than row by row. */
export function isLargeChange({ removed, added }: DocumentChange, rowCount: number): boolean {
  const changed = removed.length + added.length;
  return changed > fewRows && changed * 3 > rowCount;
}
