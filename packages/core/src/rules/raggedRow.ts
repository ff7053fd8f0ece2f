import { cellValue, hasOpenQuote, type CsvRecord } from '../csv/record.ts';
import { isIpv4, isMac } from '../mapping/addresses.ts';
import { requiredCells, requiredColumns, type ColumnName } from '../mapping/columns.ts';
import type { Layout } from '../mapping/layout.ts';
import { isEmptyRow } from '../mapping/skipped.ts';
import { levels, traitsOf } from '../mapping/versions.ts';
import { strip } from '../text/pythonText.ts';
import { isQuotedRow, quotedRowMessages, unquoteRow } from './quotedRow.ts';
import type { Rule } from './rule.ts';

const messages = {
  ...quotedRowMessages,
  long: 'The header has {wanted} cells, but the row has {count}. Omnia ignores the extra cells here, but its group generator drops the whole row.',
  short:
    'The header has {wanted} cells, but the row has {count}. Omnia considers the missing cells empty, but its group generator drops the whole row.',
  refused: 'The header has {wanted} cells, but the row has {count}. Omnia {version} refuses it.',
  pad: 'Add the missing empty cells',
  cut: 'Remove the empty extra cells',
} as const;

/** 2.3 refuses rows of another width; 2.2 reads them, its group generator does not (omnia.md section 1.2). */
export const raggedRow: Rule = {
  code: 'ragged-row',
  levels: levels({ '2.1': 'warning', '2.3': 'error' }),
  messages,
  checkRecord(record, kind, scope) {
    // A row of commas has to be removed as a whole: empty-cell says so.
    if (kind !== 'row' || isEmptyRow(record)) return;
    // A line that names no column is not a header to measure by; another rule says where the header is.
    if (scope.layout.columns.length === 0 && !traitsOf(scope.version).fixedColumns) return;
    if (isQuotedRow(record, scope.layout)) {
      // Before 2.3 the first cell that is missing says so.
      if (traitsOf(scope.version).fixedColumns)
        scope.report({ record, cell: undefined, column: undefined }, messages.quotedRow);
      return;
    }
    const count = record.cells.length;
    const wanted = scope.layout.cells.length;
    if (count === wanted) return;
    const params = { count, wanted, version: scope.version };
    const place = { record, cell: count > wanted ? wanted : undefined, column: undefined };
    if (traitsOf(scope.version).fixedColumns) scope.report(place, messages.refused, params);
    else if (count > wanted) scope.report(place, messages.long, params);
    // A missing cell that must be filled is an error already.
    else if (!lacksRequired(record, scope.layout.cellOf)) scope.report(place, messages.short, params);
  },
  fixes({ message, place: { record } }, { document, layout, version }) {
    if (record !== undefined && message === messages.quotedRow) return unquoteRow(document, record);
    // Behind an open quote nothing is a cell: what is added there only makes its text longer.
    if (record === undefined || hasOpenQuote(record)) return [];
    const wanted = layout.cells.length;
    const { start, end } = document.recordRange(document.indexOf(record));
    if (record.cells.length < wanted) {
      // A row that was cut short is no node; with empty cells it would be read as one.
      if (requiredCells(version).some((column) => (layout.cellOf[column] ?? -1) >= record.cells.length)) return [];
      const newText = document.delimiter.repeat(wanted - record.cells.length);
      return [{ title: messages.pad, params: {}, edits: [{ range: { start: end, end }, newText }], safe: true }];
    }
    if (record.cells.slice(wanted).some((cell) => cell.trim() !== '') || isShifted(record, layout)) return [];
    const newText = record.cells.slice(0, wanted).join(document.delimiter);
    return [{ title: messages.cut, params: {}, edits: [{ range: { start, end }, newText }], safe: true }];
  },
};

/** A comma too many, as in `10,37.0.23`, moves what follows: then the last cells are not the surplus ones. */
function isShifted({ cells }: CsvRecord, { cellOf }: Layout): boolean {
  const fits = (column: ColumnName, isOne: (text: string) => boolean, mayBeEmpty = true): boolean => {
    const text = strip(cellValue(cells[cellOf[column] ?? -1] ?? ''));
    return text === '' ? mayBeEmpty : isOne(text);
  };
  const fitsNode = fits('ADMIN_IP', isIpv4, false) && fits('ADMIN_MAC', isMac, false);
  return !(fitsNode && fits('BMC_IP', isIpv4) && fits('BMC_MAC', isMac) && fits('IB_IP', isIpv4));
}

function lacksRequired(record: CsvRecord, cellOf: Partial<Record<string, number>>): boolean {
  return requiredColumns.some(
    (column) => column !== 'PARENT_SERVICE_TAG' && (cellOf[column] ?? -1) >= record.cells.length,
  );
}
