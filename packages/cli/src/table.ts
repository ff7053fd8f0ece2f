import { greatest } from '@omnia-buildstream/core/text/lists';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';

/**
 * Lines of cells as columns: each as wide as its widest cell, with two blanks between. Cells may be somebody else's
 * text: nothing in it controls the terminal.
 */
export function formatTable(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const all = [head, ...lines.map((cells) => cells.map(plainLine))];
  const widths = head.map((_, column) =>
    greatest(
      all.map((cells) => (cells[column] ?? '').length),
      0,
    ),
  );
  return all
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
