import { encodeCell } from '../csv/edits.ts';
import { recognise } from '../mapping/recognise.ts';
import { isTabbed, tabbedCells } from '../mapping/tabbedRow.ts';
import { everywhere } from '../mapping/versions.ts';
import type { Rule } from './rule.ts';

const messages = {
  tabs: 'The cells of this row are separated by tabs. Omnia separates cells by commas only, so it reads the row as one cell.',
  toCommas: 'Separate the cells with commas',
} as const;

/** Rows that were pasted from a spreadsheet: required cells are missing then, so every version refuses them. */
export const tabsBetweenCells: Rule = {
  code: 'tabs-between-cells',
  levels: everywhere('error'),
  messages,
  stops: 'record',
  checkRecord(record, kind, scope) {
    if (kind !== 'row' || !isTabbed(record, scope.document.delimiter, scope.layout)) return;
    scope.report({ record, cell: undefined, column: undefined }, messages.tabs);
  },
  fixes({ place: { record } }, scope) {
    if (record === undefined) return [];
    const { document, layout } = scope;
    const cells = tabbedCells(record, document.delimiter);
    const { cells: places, by } = recognise({ rows: [cells], width: cells.length, leftOut: 0 }, layout, (column) =>
      scope.index(column).keys(),
    );
    const isPlaced = cells.every((value, at) => value === '' || places[at] !== undefined);
    const valueAt = (cell: number): string => (isPlaced ? cells[places.indexOf(cell)] : cells[cell]) ?? '';
    const width = isPlaced ? layout.cells.length : Math.max(layout.cells.length, cells.length);
    const values = Array.from({ length: width }, (_, cell) => encodeCell(valueAt(cell), document.delimiter));
    const edit = { range: document.recordRange(document.indexOf(record)), newText: values.join(document.delimiter) };
    return [{ title: messages.toCommas, params: {}, edits: [edit], safe: by === 'position' }];
  },
};
