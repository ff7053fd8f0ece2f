import { strip } from '../text/pythonText.ts';
import { columnMeant, type ColumnName } from './columns.ts';
import type { Layout } from './layout.ts';
import { columnsOfSource } from './sourceNames.ts';
import type { SourceTable } from './sourceTable.ts';
import { columnsOfKind, kindOf, kindOfColumn, type ValueKind } from './valueKind.ts';

/** Which column of a source goes into which cell of the file. */
export interface Recognised {
  /** Cell of the file by column of the source; undefined: it has no place in the file. */
  readonly cells: readonly (number | undefined)[];
  /** The first row of the source names its columns. */
  readonly hasHeader: boolean;
  readonly by: 'header' | 'position' | 'kind';
}

/** Values that the file has in a column already, to tell admin from BMC addresses. */
export type KnownValues = (column: ColumnName) => Iterable<string>;

/** This many names of columns in the first row are no coincidence. */
const leastNames = 2;
const looked = 200;

/** The columns of a source: by its header where it has one, else by their order, else by what their values look like. */
export function recognise({ rows, width, isNamed }: SourceTable, layout: Layout, known: KnownValues): Recognised {
  const [first = [], ...others] = rows;
  const named = columnsOfSource(first);
  const isNames = named.filter((column) => column !== undefined).length >= leastNames || isUnlike(first, others);
  if (isNamed === true || isNames) {
    const cells = byNames(first, named, layout);
    return { cells: withCertainKinds(cells, others, layout, known), hasHeader: true, by: 'header' };
  }
  const columns = Array.from({ length: width }, (_, at) => [first, ...others].map((row) => row[at] ?? ''));
  const kinds = columns.map(kindOfColumn);
  if (width <= layout.cells.length && fitsInOrder(kinds, layout)) {
    return { cells: columns.map((_, cell) => cell), hasHeader: false, by: 'position' };
  }
  return { cells: byKind(columns, kinds, layout, known), hasHeader: false, by: 'kind' };
}

/** Kinds that no column name looks like. */
const unmistakable: readonly ValueKind[] = ['role', 'mac', 'ipv4', 'ipv6', 'nic'];

/** Whether the first row has words where all others have addresses and roles. */
function isUnlike(first: readonly string[], others: readonly (readonly string[])[]): boolean {
  const judged = first.flatMap((value, at) => {
    const kind = kindOfColumn(others.map((row) => row[at] ?? ''));
    return kind === undefined || !unmistakable.includes(kind) ? [] : [value !== '' && kindOf(value) !== kind];
  });
  return judged.length > 0 && judged.every(Boolean);
}

/** Each cell of the file once: a column of the source that is named like one before it has no place. */
function byNames(
  names: readonly string[],
  meant: readonly (ColumnName | undefined)[],
  layout: Layout,
): (number | undefined)[] {
  const taken = new Set<number>();
  const place = (cell: number | undefined): number | undefined => {
    if (cell === undefined || cell < 0 || taken.has(cell)) return undefined;
    taken.add(cell);
    return cell;
  };
  const exact = names.map((name) => {
    const column = columnMeant(name);
    const own = layout.cells.findIndex((cell) => cell.column === undefined && strip(cell.name) === name && name !== '');
    return place(column === undefined ? own : layout.cellOf[column]);
  });
  return exact.map((cell, at) => {
    if (cell !== undefined) return cell;
    const column = meant[at];
    return column === undefined ? undefined : place(layout.cellOf[column]);
  });
}

/** Values of these kinds belong in one column, whatever the source calls it. */
const certain: readonly ValueKind[] = ['role', 'nic', 'tag'];

/**
 * Columns whose name says nothing, by what cannot be something else: roles, InfiniBand ports, the only column with tags,
 * and addresses that begin like those of one column of the file.
 */
function withCertainKinds(
  cells: readonly (number | undefined)[],
  rows: readonly (readonly string[])[],
  layout: Layout,
  known: KnownValues,
): (number | undefined)[] {
  const kinds = cells.map((cell, at) =>
    cell === undefined ? kindOfColumn(rows.map((row) => row[at] ?? '')) : undefined,
  );
  return cells.map((cell, at) => {
    const kind = kinds[at];
    if (kind === undefined || kinds.filter((other) => other === kind).length > 1) return cell;
    const free = columnsOfKind[kind].filter((column) => {
      const place = layout.cellOf[column];
      return place !== undefined && !cells.includes(place);
    });
    const [first] = columnsOfKind[kind];
    if (first !== undefined && certain.includes(kind)) return free.includes(first) ? layout.cellOf[first] : cell;
    const values = rows.map((row) => row[at] ?? '');
    const near = kind === 'mac' || kind === 'ipv4' ? free.filter((column) => isAlike(values, known(column))) : [];
    return near.length === 1 && near[0] !== undefined ? layout.cellOf[near[0]] : cell;
  });
}

function fitsInOrder(kinds: readonly (ValueKind | undefined)[], layout: Layout): boolean {
  const isKnown = kinds.some((kind) => kind !== undefined);
  return isKnown && kinds.every((kind, cell) => fits(kind, layout.cells[cell]?.column));
}

function fits(kind: ValueKind | undefined, column: ColumnName | undefined): boolean {
  if (kind === undefined || column === undefined) return true;
  // A tag may look like a name, and vice versa.
  const alike: readonly ValueKind[] = kind === 'tag' || kind === 'hostname' ? ['tag', 'hostname'] : [kind];
  return alike.some((each) => columnsOfKind[each].includes(column));
}

function byKind(
  columns: readonly (readonly string[])[],
  kinds: readonly (ValueKind | undefined)[],
  layout: Layout,
  known: KnownValues,
): (number | undefined)[] {
  const taken = new Set<ColumnName>();
  const free = (kind: ValueKind): ColumnName[] =>
    columnsOfKind[kind].filter((column) => layout.cellOf[column] !== undefined && !taken.has(column));
  const take = (column: ColumnName | undefined): number | undefined => {
    if (column === undefined) return undefined;
    taken.add(column);
    return layout.cellOf[column];
  };
  // What the file has already is decisive; the order of tables decides the rest.
  const alike = kinds.map((kind, at) => {
    const near = kind === undefined ? [] : free(kind).filter((column) => isAlike(columns[at] ?? [], known(column)));
    return near.length === 1 ? take(near[0]) : undefined;
  });
  return kinds.map((kind, at) => alike[at] ?? (kind === undefined ? undefined : take(free(kind)[0])));
}

/** The half of an address shared by machines that were bought together, or are in one network. */
function stem(value: string): string {
  return (
    /^(?:[0-9]+\.){3}/.exec(value)?.[0] ??
    value
      .replaceAll(/[^0-9A-Fa-f]/g, '')
      .slice(0, 6)
      .toLowerCase()
  );
}

function isAlike(values: readonly string[], known: Iterable<string>): boolean {
  const stems = new Set([...known].slice(0, looked).map(stem));
  return values.some((value) => value !== '' && stems.has(stem(value)));
}
