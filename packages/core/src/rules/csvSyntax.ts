import { cellValue, isOpenQuote, type QuoteFaultKind } from '../csv/record.ts';
import { setRawCell } from '../csv/edits.ts';
import { columnAt } from '../mapping/layout.ts';
import { columnsOf, requiredColumns, type ColumnName } from '../mapping/columns.ts';
import { openHeader, swallowsRows } from '../mapping/swallowsRows.ts';
import { levels } from '../mapping/versions.ts';
import type { Fix, FixScope, Place, Rule, Scope } from './rule.ts';

const messages = {
  unclosed:
    'This quote is not closed. Omnia 2.3 refuses the file; 2.2 reads the rest of the file as part of this cell.',
  runaway:
    'This quote is not closed. Omnia 2.3 refuses the file; 2.2 reads the rows below, up to the next quote, as part of this cell.',
  lost: 'This quote is not closed. Omnia {version} reads the rows below as part of this cell, which it ignores: the nodes in them are lost without a message.',
  textAfter: 'Text after the closing quote. Omnia 2.3 refuses the file; other readers disagree about the value.',
  remove: 'Remove the quotes',
} as const;

const texts: Partial<Record<QuoteFaultKind, string>> = {
  'unclosed-quote': messages.unclosed,
  'runaway-quote': messages.runaway,
  'text-after-quote': messages.textAfter,
};

/** Stray quotes are a read error for 2.3's strict reader, and read somehow by 2.2 (omnia.md section 1.2). */
export const csvSyntax: Rule = {
  code: 'csv-syntax',
  levels: levels({ '2.1': 'warning', '2.3': 'error' }),
  messages,
  stops: 'record',
  checkRecord(record, _kind, scope) {
    for (const fault of record.faults) {
      const { cell, kind } = fault;
      const place = { record, cell, column: columnAt(scope.layout, cell) };
      const message = isOpenQuote(fault) && losesRows(place, scope) ? messages.lost : texts[kind];
      if (message !== undefined) scope.report(place, message, { version: scope.version });
    }
  },
  fixes: ({ place }, scope) => removeQuotes(place, scope),
};

/** Takes the quotes out of a cell. */
export function removeQuotes({ record, cell }: Place, { document }: FixScope): Fix[] {
  const raw = cell === undefined ? undefined : record?.cells[cell];
  if (record === undefined || cell === undefined || raw === undefined) return [];
  const edits = [setRawCell(document, record, cell, cellValue(raw).replaceAll('"', ''))];
  return [{ title: messages.remove, params: {}, edits, safe: false }];
}

/** Whether the open cell is one that the version does not look at, so that it accepts the file without the rows below. */
function losesRows({ record, column }: Place, { document, layout, version }: Scope): boolean {
  const isIgnored = (columns: readonly ColumnName[]): boolean => column === undefined || !columns.includes(column);
  if (record === layout.header) {
    return openHeader(document, layout, version)?.takesAll === false && isIgnored(requiredColumns);
  }
  return isIgnored([...columnsOf(version)]) && swallowsRows(document, version);
}
