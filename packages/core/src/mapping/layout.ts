import type { CsvDocument } from '../csv/document.ts';
import { cellValue, isBlank, isComment, type CsvRecord } from '../csv/record.ts';
import { strip } from '../text/pythonText.ts';
import { columnMeant, isColumnName, requiredColumns, type ColumnName } from './columns.ts';
import { isConflictMark, isCommentIn, isEmptyRow } from './skipped.ts';
import { isRead, tableKind, type TableKind } from './tableKind.ts';
import { defaultOmniaVersion, traitsOf, type OmniaVersion } from './versions.ts';

/** One cell of the header row. */
export interface HeaderCell {
  /** As written, quotes removed, blanks kept. */
  readonly name: string;
  /** The column meant when case and blanks are ignored, as 2.2 looks it up. */
  readonly column: ColumnName | undefined;
}

/** Where the header is and which cell of a row holds which column. */
export interface Layout {
  /** Index of the header record, or -1 when the file has nothing but blank lines and comments. */
  readonly headerIndex: number;
  readonly header: CsvRecord | undefined;
  readonly cells: readonly HeaderCell[];
  /** Cell of each column; of doubled headers the last, as Python's DictReader and Omnia's look-up have it. */
  readonly cellOf: Readonly<Partial<Record<ColumnName, number>>>;
  /** Columns of `cellOf` in cell order, for reading rows. */
  readonly columns: readonly { readonly column: ColumnName; readonly cell: number }[];
  /** What the table is; its columns are read only for a mapping file and an inventory. */
  readonly kind: TableKind;
  /** An optional column whose name 2.1 and 2.2 do not know because of the byte order mark before it. */
  readonly hiddenColumn?: ColumnName | undefined;
}

/**
 * The first record that is neither blank nor a comment is the header; 2.3 also skips a row of empty cells. 2.1 and 2.2
 * know no comments: a line whose first column is called `#` is their header (omnia.md section 1.2).
 */
export function readLayout(document: CsvDocument, version: OmniaVersion = defaultOmniaVersion): Layout {
  const headerIndex = document.records.findIndex(
    (record) =>
      !isBlank(record) &&
      !isConflictMark(record) &&
      (!isCommentIn(record, version) || isNumbered(record, version)) &&
      (!traitsOf(version).readsComments || !isEmptyRow(record)),
  );
  const header = document.records[headerIndex];
  const cells = (header?.cells ?? []).map((raw): HeaderCell => {
    const name = cellValue(raw);
    const normalised = strip(name).toUpperCase();
    return { name, column: isColumnName(normalised) ? normalised : undefined };
  });
  const hiddenColumn = headerIndex === 0 ? hideOptional(cells, document, version) : undefined;
  const kind = tableKind(
    cells.map(({ name }) => name),
    cells.map(({ column }) => column),
  );
  if (!isRead(kind)) return { headerIndex, header, cells, cellOf: {}, columns: [], kind };
  const cellOf: Partial<Record<ColumnName, number>> = {};
  cells.forEach(({ column }, index) => {
    if (column !== undefined) cellOf[column] = index;
  });
  const columns = cells.flatMap(({ column }, cell) =>
    column !== undefined && cellOf[column] === cell ? [{ column, cell }] : [],
  );
  return { headerIndex, header, cells, cellOf, columns, kind, hiddenColumn };
}

/** The mark is part of the first name; that of a required column is missed by another rule (omnia.md section 1.2). */
function hideOptional(cells: HeaderCell[], document: CsvDocument, version: OmniaVersion): ColumnName | undefined {
  const [first] = cells;
  if (!document.bom || traitsOf(version).readsComments || first?.column === undefined) return undefined;
  if (requiredColumns.includes(first.column)) return undefined;
  cells[0] = { ...first, column: undefined };
  return first.column;
}

/** A header that begins with a column for numbers, called `#`. */
function isNumbered(record: CsvRecord, version: OmniaVersion): boolean {
  const [first = '', ...names] = record.cells;
  if (traitsOf(version).readsComments || !isComment(record) || strip(first) !== '#') return false;
  return names.filter((name) => columnMeant(name) !== undefined).length > 4;
}

/** True when the header contains the column with exactly its own spelling. */
export function hasExactHeader(layout: Layout, column: ColumnName): boolean {
  return layout.cells.some((cell) => cell.name === column);
}

/** The column of a cell of the header or of a row; undefined for unknown and surplus cells and for overridden doubles. */
export function columnAt(layout: Layout, cell: number): ColumnName | undefined {
  const column = layout.cells[cell]?.column;
  return column !== undefined && layout.cellOf[column] === cell ? column : undefined;
}
