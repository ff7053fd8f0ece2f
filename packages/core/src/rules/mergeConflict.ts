import { isConflictMark } from '../mapping/skipped.ts';
import { everywhere } from '../mapping/versions.ts';
import type { Rule } from './rule.ts';

const messages = {
  conflict:
    'A merge left a conflict here. Omnia reads its markers and both of its sides as rows. Keep one side and remove the markers; until then no stage is run.',
} as const;

/** Reported for every mark; the model keeps the first of each conflict and ignores what is in between. */
export const mergeConflict: Rule = {
  code: 'merge-conflict',
  levels: everywhere('error'),
  ofAnyTable: true,
  messages,
  checkRecord(record, _kind, scope) {
    if (isConflictMark(record)) scope.report({ record, cell: undefined, column: undefined }, messages.conflict);
  },
};
