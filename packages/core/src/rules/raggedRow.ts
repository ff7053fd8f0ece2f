import type { CsvRecord } from '../csv/record.ts';
import { requiredColumns } from '../mapping/columns.ts';
import { isEmptyRow } from '../mapping/skipped.ts';
import { levels, traitsOf } from '../mapping/versions.ts';
import type { Rule } from './rule.ts';

const messages = {
  long: 'The row has {count} cells, the header {wanted}. Omnia ignores the surplus here, but its group generator drops the whole row.',
  short:
    'The row has {count} cells, the header {wanted}. Omnia takes the missing cells for empty, but its group generator drops the whole row.',
  refused: 'The row has {count} cells, the header {wanted}. Omnia {version} refuses it.',
  pad: 'Add the missing empty cells',
  cut: 'Remove the empty surplus cells',
} as const;

/** 2.3 refuses rows of another width; 2.2 reads them, its group generator does not (omnia.md section 1.2). */
export const raggedRow: Rule = {
  code: 'ragged-row',
  levels: levels({ '2.1': 'warning', '2.3': 'error' }),
  messages,
  checkRecord(record, kind, scope) {
    // A row of commas is to go as a whole: empty-cell says so.
    if (kind !== 'row' || isEmptyRow(record)) return;
    // A line that names no column is no header to be measured by; another rule tells where the header is.
    if (scope.layout.columns.length === 0 && !traitsOf(scope.version).fixedColumns) return;
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
  fixes({ place: { record } }, { document, layout }) {
    if (record === undefined) return [];
    const wanted = layout.cells.length;
    const { start, end } = document.recordRange(document.indexOf(record));
    if (record.cells.length < wanted) {
      const newText = document.delimiter.repeat(wanted - record.cells.length);
      return [{ title: messages.pad, params: {}, edits: [{ range: { start: end, end }, newText }], safe: true }];
    }
    if (record.cells.slice(wanted).some((cell) => cell.trim() !== '')) return [];
    const newText = record.cells.slice(0, wanted).join(document.delimiter);
    return [{ title: messages.cut, params: {}, edits: [{ range: { start, end }, newText }], safe: true }];
  },
};

function lacksRequired(record: CsvRecord, cellOf: Partial<Record<string, number>>): boolean {
  return requiredColumns.some(
    (column) => column !== 'PARENT_SERVICE_TAG' && (cellOf[column] ?? -1) >= record.cells.length,
  );
}
