import { deleteRecord, insertRecordBefore, replaceRecord, setRawCell } from '../csv/edits.ts';
import { cellValue, isBlank, type CsvRecord } from '../csv/record.ts';
import { isInApostrophes, isSeparatorLine, sightHeader } from '../mapping/headerSight.ts';
import { columnsOfKind, kindOf, kindOfColumn } from '../mapping/valueKind.ts';
import type { ColumnName } from '../mapping/columns.ts';
import { isEmptyRow } from '../mapping/skipped.ts';
import { strip } from '../text/pythonText.ts';
import { furtherHeaders, joinedTo, titlesAbove } from './furtherExports.ts';
import { setHeaderName } from './headerFixes.ts';
import type { Params, Template } from '../text/message.ts';
import type { Fix, FixScope, Place, Scope } from './rule.ts';

/** What is said of a header that is not where Omnia looks for it; every rule about the header has these texts. */
export const headerMessages = {
  below:
    'This line is not a header; the header is in line {line}. Omnia reads the first line as the header and does not find {columns}.',
  separatorLine: 'This line tells Excel the separator. Omnia reads it as the header and does not find {columns}.',
  sign: 'The # before the first name hides the header from Omnia, which does not find {columns}.',
  cell: 'The first column is called #, which makes the header a comment: Omnia does not find {columns}.',
  quotedLines: 'Each line is in quotes, so Omnia reads it as one cell and does not find {columns}.',
  apostrophes:
    'The cells are in apostrophes. Omnia reads them as part of each name and value, and does not find {columns}.',
  spelt: 'These column names are not spelled as Omnia expects, so it does not find {columns}.',
  moveUp: 'Move the header above the rows',
  removeAbove: 'Remove the lines above the header',
  joinExports: 'Remove the lines above each header, and join the tables',
  removeSign: 'Remove the #',
  removeCell: 'Remove the column #',
  unquote: 'Remove the quotes around the lines',
  removeApostrophes: 'Remove the apostrophes around the cells',
  writeNames: "Change to '{columns}'",
} as const;

/** Where the header is if it is not where Omnia looks, and what to say about that. */
export function misplacedHeader(
  scope: Scope,
): { readonly place: Place; readonly message: Template; readonly params: Params } | undefined {
  const sight = sightHeader(scope.document, scope.layout);
  const at = (record: CsvRecord | undefined): Place => ({ record, cell: undefined, column: 'FUNCTIONAL_GROUP_NAME' });
  switch (sight.kind) {
    case 'below': {
      const [first] = sight.above;
      const line = scope.document.lineOf(scope.document.indexOf(sight.header)) + 1;
      const message = sight.above.every(isSeparatorLine) ? headerMessages.separatorLine : headerMessages.below;
      return { place: at(first), message, params: { line } };
    }
    case 'behind-sign':
      return { place: at(sight.header), message: headerMessages.sign, params: {} };
    case 'behind-cell':
      return { place: at(sight.header), message: headerMessages.cell, params: {} };
    case 'quoted':
      return { place: at(scope.layout.header), message: headerMessages.quotedLines, params: {} };
    case 'apostrophes':
      return { place: at(scope.layout.header), message: headerMessages.apostrophes, params: {} };
    default:
      return undefined;
  }
}

/**
 * Moves the header to where Omnia looks for it; does nothing when it is there, or nowhere. Never inserts a second one.
 */
export function headerRepairs(scope: FixScope): Fix[] {
  const sight = sightHeader(scope.document, scope.layout);
  const fix = (title: Template, edits: Fix['edits'], safe: boolean, params: Params = {}): Fix[] =>
    edits.length === 0 ? [] : [{ title, params, edits, safe }];
  switch (sight.kind) {
    case 'below': {
      const row = sight.above.find(looksLikeNode);
      if (row !== undefined) {
        const names = sight.header.cells.map(cellValue);
        const edits = [insertRecordBefore(scope.document, row, names), deleteRecord(scope.document, sight.header)];
        return fix(headerMessages.moveUp, edits, false);
      }
      const { document } = scope;
      const further = furtherHeaders(document, sight.header);
      const lines = [...sight.above, ...further.flatMap((header) => titlesAbove(document, header))];
      const isNothingLost = lines.every((record) => isSeparatorLine(record) || isEmptyRow(record));
      const edits = lines.map((record) => deleteRecord(document, record));
      if (further.length === 0) return fix(headerMessages.removeAbove, edits, isNothingLost);
      const joined = further.flatMap((header) => joinedTo(sight.header, header, document));
      return fix(headerMessages.joinExports, [...edits, ...joined], false);
    }
    case 'behind-sign': {
      const raw = sight.header.cells[0] ?? '';
      const edits = [setRawCell(scope.document, sight.header, 0, raw.replace('#', '').replace(/^#+/, '').trimStart())];
      return fix(headerMessages.removeSign, edits, true);
    }
    case 'behind-cell': {
      const rows = numberedRows(scope, sight.header);
      return fix(headerMessages.removeCell, rows.edits, rows.areNumbers);
    }
    case 'quoted': {
      const edits = sight.lines.map((record) =>
        setRawCell(scope.document, record, 0, cellValue(record.cells[0] ?? '')),
      );
      return fix(headerMessages.unquote, edits, true);
    }
    case 'apostrophes': {
      const bare = (raw: string): string => (isInApostrophes(raw) ? raw.slice(1, -1) : raw);
      const edits = scope.document.records
        .filter((record) => record.cells.some(isInApostrophes))
        .map((record) => replaceRecord(scope.document, record, record.cells.map(bare)));
      return fix(headerMessages.removeApostrophes, edits, true);
    }
    case 'spelt': {
      const { layout } = scope;
      const wrong = [...sight.names].filter(
        ([cell, column]) => layout.cells[cell]?.column === undefined && layout.cellOf[column] === undefined,
      );
      const edits = wrong.flatMap(([cell, column]) => setHeaderName(scope, cell, column));
      return fix(headerMessages.writeNames, edits, true, { columns: wrong.map(([, column]) => column).join(', ') });
    }
    default:
      return [];
  }
}

/** Removes the first cell of the header and of each row, and says whether those of the rows only counted them. */
function numberedRows(
  { document }: FixScope,
  header: CsvRecord,
): { readonly edits: Fix['edits']; readonly areNumbers: boolean } {
  const from = document.indexOf(header);
  const rows = document.records.slice(from).filter((record) => !isBlank(record) && record.cells.length > 1);
  const areNumbers = rows.every((record) => record === header || /^[0-9]*\.?$/.test(strip(record.cells[0] ?? '')));
  return { edits: rows.map((record) => replaceRecord(document, record, record.cells.slice(1))), areNumbers };
}

/** Whether a record is a row whatever its columns are called: it has two addresses at least. */
function looksLikeNode({ cells }: CsvRecord): boolean {
  const kinds = cells.map((raw) => kindOf(strip(cellValue(raw))));
  return kinds.filter((kind) => kind === 'mac' || kind === 'ipv4').length >= 2;
}

/** Names for columns of another name whose values are those of the missing ones, such as in another language. */
export function namesByValues(scope: FixScope, missing: readonly ColumnName[]): Fix[] {
  const { document, layout } = scope;
  const rows = document.records.slice(layout.headerIndex + 1).filter((record) => scope.rowOf(record) !== undefined);
  const kinds = layout.cells.flatMap(({ column }, cell) => {
    const values = rows.map((record) => strip(cellValue(record.cells[cell] ?? '')));
    return column === undefined ? [{ cell, kind: kindOfColumn(values), isEmpty: values.every((value) => !value) }] : [];
  });
  const found = missing.flatMap((column) => {
    const [only, ...more] = kinds.filter(({ kind }) => kind !== undefined && columnsOfKind[kind].includes(column));
    const isOnly = only?.kind !== undefined && more.length === 0;
    const rivals = isOnly ? missing.filter((other) => columnsOfKind[only.kind ?? 'role'].includes(other)) : [];
    return only !== undefined && rivals.length === 1 ? [[only.cell, column] as const] : [];
  });
  if (found.length === 0) return [];
  // Only a parent may be empty.
  const empty = kinds.filter(({ isEmpty }) => isEmpty);
  const [cell] = empty.map((one) => one.cell);
  if (missing.includes('PARENT_SERVICE_TAG') && cell !== undefined && empty.length === 1)
    found.push([cell, 'PARENT_SERVICE_TAG']);
  const edits = found.flatMap(([at, column]) => setHeaderName(scope, at, column));
  const columns = found.map(([, column]) => column).join(', ');
  return [{ title: headerMessages.writeNames, params: { columns }, edits, safe: false }];
}
