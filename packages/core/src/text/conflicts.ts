/** A conflict that a merge left in a text, from its first mark to its last, in lines from 0. */
export interface Conflict {
  readonly first: number;
  readonly last: number;
}

/** What a mark does: it opens a conflict, parts its sides, or ends it. */
export type ConflictMark = 'open' | 'part' | 'end';

const marks: ReadonlyMap<string, ConflictMark> = new Map([
  ['<<<<<<<', 'open'],
  ['|||||||', 'part'],
  ['=======', 'part'],
  ['>>>>>>>', 'end'],
]);

/** The mark that a line is, as git writes it: seven signs at its start, alone or before a blank. */
export function conflictMark(line: string): ConflictMark | undefined {
  const next = line.charCodeAt(7);
  const isAlone = Number.isNaN(next) || next === 0x20 || next === 0x0d;
  return isAlone ? marks.get(line.slice(0, 7)) : undefined;
}

/** Conflicts of marks in their order: one that is never ended goes to its last mark. */
export function conflictsOf(found: Iterable<readonly [mark: ConflictMark, line: number]>): Conflict[] {
  const conflicts: { first: number; last: number }[] = [];
  let isOpen = false;
  for (const [mark, line] of found) {
    const last = conflicts.at(-1);
    if (isOpen && mark !== 'open' && last !== undefined) last.last = line;
    else conflicts.push({ first: line, last: line });
    isOpen = mark === 'open' || (isOpen && mark === 'part');
  }
  return conflicts;
}

/** Every conflict of a text. */
export function conflictsIn(text: string): Conflict[] {
  const found: [ConflictMark, number][] = [];
  if (!/[<|=>]{7}/.test(text)) return [];
  text.split(/\r\n|[\r\n]/).forEach((line, at) => {
    const mark = conflictMark(line);
    if (mark !== undefined) found.push([mark, at]);
  });
  return conflictsOf(found);
}
