import type { Template } from '../text/message.ts';

/** What is said of a change of many rows, before and after it is made. */
export const editingTexts = {
  columnsLeftOut: 'Columns of the source that this file does not have are left out: {columns}.',
  linesLeftOut: 'Lines of the source that are not rows are left out ({count}).',
  repaired: 'Problems repaired ({count}): {kinds}.',
  left: 'Problems left ({count}) that need your decision: {kinds}. Use Quick Fix (Ctrl+.) on each kind.',
  notAllFixed:
    'The file is so large that only its first problems were repaired. Run the command again for the next ones.',
  noRow: 'Place the cursor in a cell of a row that has a column in the header.',
  nothingToFill: 'The first cell is empty, so there is nothing to fill with.',
  noCells: 'There are no cells to fill. Select rows, or place the cursor above empty cells.',
  noSeries: "'{value}' cannot be continued: it has no number, or there are no free addresses left.",
  openQuote: 'A quote is not closed, so it is unknown what belongs to its row. Close it first.',
  isSorted: 'The rows are already in this order.',
  noGroup: "'{group}' is not a group name of Omnia {version}.",
  roleOfGroup: 'The role becomes {role}, as in the other rows of {group}.',
  parentOfGroup: 'PARENT_SERVICE_TAG follows the other rows of {group}.',
  leftToFill: 'MAC addresses and service tags are left for you to fill in.',
  noHeader: 'The file has no header yet. Add one first.',
} as const satisfies Readonly<Record<string, Template>>;
