import type { Template } from '../text/message.ts';

/** What is said of a change of many rows, before and after it is made. */
export const editingTexts = {
  columnsLeftOut: 'Columns of the source that this file has no place for are left out: {columns}.',
  linesLeftOut: 'Lines of the source that are not rows are left out ({count}).',
  repaired: 'Problems repaired ({count}): {kinds}.',
  left: 'Problems left ({count}), which need a decision of yours: {kinds}. Use Quick Fix (Ctrl+.) on each kind.',
  notAllFixed:
    'The file is so large that only its first problems were repaired. Run the command again for the next ones.',
} as const satisfies Readonly<Record<string, Template>>;
