import { formatIpv4, parseIpv4 } from '../mapping/addresses.ts';
import type { ColumnName } from '../mapping/columns.ts';
import type { MappingRow, RowText } from '../mapping/row.ts';
import { nextInSeries } from '../mapping/series.ts';
import { mergeConflictIn } from '../plan/obstacles.ts';
import { sayObstacle } from '../plan/changeTexts.ts';
import { isFreeAddress } from '../rules/suggest.ts';
import type { Say } from '../text/message.ts';
import type { Range } from '../text/position.ts';
import type { MappingModel } from '../validation/model.ts';
import { editingTexts } from './editingTexts.ts';
import { rowsIn } from './places.ts';
import { appendRows, rowOf } from './rowText.ts';
import { refusedChange, type TableChange } from './tableChange.ts';

export interface AddNodes {
  readonly kind: 'add';
  readonly count: number;
  /** What all of the new rows have. */
  readonly shared: Readonly<Partial<Record<'FUNCTIONAL_GROUP_NAME' | 'GROUP_NAME' | 'PARENT_SERVICE_TAG', string>>>;
  /** Where each series begins; a gap in it is filled first. A column that is left out stays empty. */
  readonly starts: Readonly<Partial<Record<SeriesColumn, string>>>;
  /** One for each node; they may run out. */
  readonly lists: Readonly<Partial<Record<ListColumn, readonly string[]>>>;
}

export interface DuplicateNodes {
  readonly kind: 'duplicate';
  readonly ranges: readonly Range[];
}

export type SeriesColumn = 'HOSTNAME' | 'ADMIN_IP' | 'BMC_IP' | 'IB_IP' | 'IB_IPV4';
export type ListColumn = 'SERVICE_TAG' | 'ADMIN_MAC' | 'BMC_MAC';

/** New rows at the end of the file. */
export function addNodes(model: MappingModel, { count, shared, starts, lists }: AddNodes, say: Say): TableChange {
  const given = new Given(model);
  const rows = Array.from({ length: count }, (_, at) => {
    const values: Partial<Record<ColumnName, string>> = { ...shared };
    for (const [column, start] of Object.entries(starts) as [SeriesColumn, string][]) {
      values[column] = given.from(column, start);
    }
    for (const [column, list] of Object.entries(lists) as [ListColumn, readonly string[]][])
      values[column] = list[at] ?? '';
    return values;
  });
  return append(model, rows, say);
}

/** The selected rows once more at the end of the file, with names and addresses that continue theirs. */
export function duplicateNodes(model: MappingModel, { ranges }: DuplicateNodes, say: Say): TableChange {
  const given = new Given(model);
  const rows = rowsIn(model, ranges).map((row) => copyOf(row, given));
  return rows.length === 0 ? refusedChange(say(editingTexts.noRow)) : append(model, rows, say);
}

const copied: readonly ColumnName[] = ['FUNCTIONAL_GROUP_NAME', 'GROUP_NAME', 'PARENT_SERVICE_TAG', 'IB_NIC_NAME'];
const counted: readonly SeriesColumn[] = ['HOSTNAME', 'ADMIN_IP', 'BMC_IP', 'IB_IP', 'IB_IPV4'];

function copyOf({ text }: MappingRow, given: Given): Partial<RowText> {
  const series = counted.map((column) => [column, text[column] === '' ? '' : given.from(column, text[column])]);
  return Object.fromEntries([...copied.map((column) => [column, text[column]]), ...series]) as Partial<RowText>;
}

function append(model: MappingModel, rows: readonly Partial<Record<ColumnName, string>>[], say: Say): TableChange {
  if (model.layout.headerIndex < 0) return refusedChange(say(editingTexts.noHeader));
  const conflict = mergeConflictIn(model);
  if (conflict !== undefined) return refusedChange(sayObstacle(conflict, say));
  const toFill = (['SERVICE_TAG', 'ADMIN_MAC', 'BMC_MAC'] as const).some((column) =>
    rows.some((row) => (row[column] ?? '') === ''),
  );
  return {
    edits: [
      appendRows(
        model,
        rows.map((row) => rowOf(model, row)),
      ),
    ],
    count: rows.length,
    notes: toFill ? [say(editingTexts.leftToFill)] : [],
    refused: null,
  };
}

/** Values that are given to new rows: each once, and none that a row of the file has already. */
class Given {
  readonly #model: MappingModel;
  readonly #given = new Set<string>();

  constructor(model: MappingModel) {
    this.#model = model;
  }

  /** The first free value of the series that begins with `start`; `start` itself where it cannot be counted. */
  from(column: SeriesColumn, start: string): string {
    const address = column === 'HOSTNAME' ? undefined : parseIpv4(start);
    const found = address === undefined ? this.#name(column, start) : this.#address(column, address);
    const value = found ?? start;
    this.#given.add(value);
    return value;
  }

  #name(column: SeriesColumn, start: string): string {
    const isTaken = (name: string): boolean => this.#given.has(name) || this.#model.find(column, name).length > 0;
    return isTaken(start) && column === 'HOSTNAME' ? nextInSeries(start, isTaken) : start;
  }

  #address(column: SeriesColumn, start: number): string | undefined {
    for (let candidate = start; candidate <= Math.min(start + 65_536, 0xffffffff); candidate++) {
      const text = formatIpv4(candidate);
      if (!this.#given.has(text) && isFreeAddress(this.#model, column, candidate)) return text;
    }
    return undefined;
  }
}
