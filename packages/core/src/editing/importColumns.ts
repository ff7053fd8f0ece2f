import { columnAt } from '../mapping/layout.ts';
import { recognise, type Recognised } from '../mapping/recognise.ts';
import type { SourceTable } from '../mapping/sourceTable.ts';
import { phrase, type Phrase } from '../text/phrase.ts';
import { strip } from '../text/pythonText.ts';
import type { MappingModel } from '../validation/model.ts';
import { importTexts } from './importTexts.ts';

/** Which column of a source the user assigned to a column of the file: its name, or its number from 1; empty: none. */
export type ColumnMap = Readonly<Record<string, string>>;

export type PlacedColumns = Recognised | { readonly refused: Phrase };

/** The columns of a source as they are recognised, and as somebody mapped them by hand, which wins. */
export function placeColumns(model: MappingModel, table: SourceTable, map: ColumnMap): PlacedColumns {
  const chosen = Object.entries(map);
  const [first = []] = table.rows;
  const isNamed = table.isNamed === true || chosen.some(([, source]) => source !== '' && indexOf(first, source) >= 0);
  const source: SourceTable = isNamed ? { ...table, isNamed } : table;
  const found = recognise(source, model.layout, (column) => model.index(column).keys());
  const cells = [...found.cells];
  const names = namesOf(model);
  for (const [column, name] of chosen) {
    const cell = indexOf(names, column);
    if (cell < 0) return { refused: phrase(importTexts.noColumn, { column, columns: names.join(', ') }) };
    const old = cells.indexOf(cell);
    if (old >= 0) cells[old] = undefined;
    if (name.trim() === '') continue;
    const at = placeOf(first, name, table.width, found.hasHeader);
    if (at < 0) {
      const columns = found.hasHeader ? first.join(', ') : `1–${String(table.width)}`;
      return { refused: phrase(importTexts.noSource, { name, columns }) };
    }
    cells[at] = cell;
  }
  return { ...found, cells };
}

/** What the file's columns are called by Omnia, else by its header; empty for one without a name. */
export function namesOf({ layout }: MappingModel): string[] {
  return layout.cells.map(({ name }, cell) => columnAt(layout, cell) ?? strip(name));
}

/** The map that says what was recognised, for a source that looks the same. */
export function mapOf(model: MappingModel, { rows }: SourceTable, { cells, hasHeader }: Recognised): ColumnMap {
  const [first = []] = rows;
  return Object.fromEntries(
    namesOf(model).flatMap((column, cell): [string, string][] => {
      const at = cells.indexOf(cell);
      const given = first[at] ?? '';
      // A name that occurs twice, or not at all, says nothing: then the number does.
      const isClear = hasHeader && given !== '' && indexOf(first, given) === at;
      return column === '' || at < 0 ? [] : [[column, isClear ? given : String(at + 1)]];
    }),
  );
}

/** Whether a source has a column of this name; not every source needs to. */
export function isNamedIn({ rows }: SourceTable, name: string): boolean {
  return indexOf(rows[0] ?? [], name) >= 0;
}

function placeOf(names: readonly string[], name: string, width: number, hasHeader: boolean): number {
  const named = hasHeader ? indexOf(names, name) : -1;
  if (named >= 0) return named;
  const number = /^[1-9][0-9]{0,3}$/.test(name.trim()) ? Number(name) : 0;
  return number >= 1 && number <= width ? number - 1 : -1;
}

function indexOf(names: readonly string[], name: string): number {
  const wanted = strip(name).toLowerCase();
  return names.findIndex((each) => each.toLowerCase() === wanted);
}
