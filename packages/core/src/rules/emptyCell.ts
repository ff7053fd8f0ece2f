import { deleteRecord } from '../csv/edits.ts';
import { cellValue, type CsvRecord } from '../csv/record.ts';
import { requiredCells, type ColumnName } from '../mapping/columns.ts';
import { isEmptyRow } from '../mapping/skipped.ts';
import { everywhere, traitsOf } from '../mapping/versions.ts';
import { strip } from '../text/pythonText.ts';
import { isQuotedRow, quotedRowMessages, unquoteRow } from './quotedRow.ts';
import { suggestValue } from './suggest.ts';
import type { Rule, Scope } from './rule.ts';

const messages = {
  ...quotedRowMessages,
  empty: '{column} is empty. Omnia needs a value here.',
  missing: 'The row ends before {columns}. Omnia needs a value there.',
  commentAsRow: 'Omnia {version} reads this comment as a row first, and finds no {column}.',
  emptyRow: 'The row has only commas: spreadsheets leave such rows behind. Omnia reads it as a node.',
  removeRow: 'Remove the row',
  fill: 'Fill in {value}',
} as const;

/** Rule 3 of omnia.md section 1.3; fewer columns in 2.3 (section 1.6). */
export const emptyCell: Rule = {
  code: 'empty-cell',
  levels: everywhere('error'),
  messages,
  checkRow(row, scope) {
    const { layout } = scope;
    if (isEmptyRow(row.record)) {
      scope.report({ record: row.record, cell: undefined, column: undefined }, messages.emptyRow);
      return;
    }
    if (isQuotedRow(row.record, layout)) {
      scope.report({ record: row.record, cell: undefined, column: undefined }, messages.quotedRow);
      return;
    }
    const missing: ColumnName[] = [];
    for (const column of requiredCells(scope.version)) {
      if (row.text[column] !== '') continue;
      const cell = layout.cellOf[column];
      if (cell === undefined) continue;
      if (cell >= row.record.cells.length) missing.push(column);
      else scope.report({ record: row.record, cell, column }, messages.empty, { column });
    }
    const [column] = missing;
    if (column !== undefined) scope.report(scope.at(row, column), messages.missing, { columns: missing.join(', ') });
  },
  /** 2.1 reports the empty cell before it looks for comments (omnia.md section 1.2, comments). */
  checkRecord(record, kind, scope) {
    const { layout, version } = scope;
    if (!traitsOf(version).judgesComments || kind !== 'comment' || record.order < (layout.header?.order ?? Infinity))
      return;
    const column = firstEmptyCell(record, scope);
    if (column === undefined) return;
    scope.report({ record, cell: layout.cellOf[column], column }, messages.commentAsRow, { version, column });
  },
  fixes({ message, place: { record } }, { document }) {
    if (record !== undefined && message === messages.quotedRow) return unquoteRow(document, record);
    if (record === undefined || message !== messages.emptyRow) return [];
    return [{ title: messages.removeRow, params: {}, edits: [deleteRecord(document, record)], safe: true }];
  },
  suggestions(finding, scope) {
    if (finding.message !== messages.empty) return [];
    return suggestValue(finding, scope, messages.fill);
  },
};

/** The first column in Omnia's order whose cell must not be empty and is. */
export function firstEmptyCell(record: CsvRecord, { layout, version }: Scope): ColumnName | undefined {
  return requiredCells(version).find((name) => {
    const cell = layout.cellOf[name];
    return cell !== undefined && strip(cellValue(record.cells[cell] ?? '')) === '';
  });
}
