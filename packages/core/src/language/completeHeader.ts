import { columnsOf, headersOf } from '../mapping/columns.ts';
import { strip } from '../text/pythonText.ts';
import type { Say } from '../text/message.ts';
import type { MappingModel } from '../validation/model.ts';
import type { CellSpot } from './cellSpot.ts';
import { columnDoc } from './columnDocs.ts';
import type { Suggestion } from './suggestion.ts';

export const headerMessages = {
  wholeHeader: 'Header of Omnia {version}: {count} columns',
} as const;

/** Columns that the header lacks, in Omnia's order. */
export function completeHeaderCell(model: MappingModel, { cell }: CellSpot, say: Say): Suggestion[] {
  const { version, layout } = model;
  const elsewhere = new Set(layout.cells.flatMap(({ column }, index) => (index === cell ? [] : [column])));
  return [...columnsOf(version)]
    .filter((column) => !elsewhere.has(column))
    .map((column) => ({
      kind: 'column',
      label: column,
      detail: say(columnDoc(column, version).meaning),
      newText: column,
    }));
}

/** Whole header lines, offered while the line has nothing but the beginning of one. */
export function completeHeaderLine({ version, layout }: MappingModel, { value }: CellSpot, say: Say): Suggestion[] {
  if (layout.cells.length > 1) return [];
  return headersOf(version)
    .map((columns) => ({
      kind: 'header' as const,
      label: columns.join(','),
      detail: say(headerMessages.wholeHeader, { version, count: columns.length }),
      newText: columns.join(','),
    }))
    .filter(({ label }) => label.startsWith(strip(value).toUpperCase()));
}
