import { cleanMac, cleanName } from '../hardware/seen.ts';
import type { CsvRecord } from '../csv/record.ts';
import { columnNames, type ColumnName } from '../mapping/columns.ts';
import { columnAt } from '../mapping/layout.ts';
import type { MappingRow } from '../mapping/row.ts';
import type { Recognised } from '../mapping/recognise.ts';
import type { SourceTable } from '../mapping/sourceTable.ts';
import type { MappingModel } from '../validation/model.ts';
import { newRows } from './pasteRows.ts';
import type { NewRow } from './rowText.ts';

/** New values by row and cell. */
export type CellChanges = Map<CsvRecord, Map<number, string>>;

/** How the nodes of a source relate to those of a file. */
export interface MatchedNodes {
  readonly fresh: readonly NewRow[];
  /** What the source knows of the hardware, and what fills empty cells. */
  readonly changed: CellChanges;
  /**
   * Values for role, group, parent or hostname that differ from the file: decisions of people, which a source may not
   * know.
   */
  readonly assigned: CellChanges;
  /** Rows with a service tag that the source, which has some, lacks. */
  readonly vanished: readonly MappingRow[];
  /** Nodes of lines that contradict an earlier line about the same node; the earlier one wins. */
  readonly doubled: readonly string[];
  readonly leftOut: number;
}

const decided: ReadonlySet<ColumnName> = new Set([
  'FUNCTIONAL_GROUP_NAME',
  'GROUP_NAME',
  'PARENT_SERVICE_TAG',
  'HOSTNAME',
]);

/** Columns at least one of which must tell a node from the others. */
export const identity: readonly ColumnName[] = ['SERVICE_TAG', 'ADMIN_MAC', 'BMC_MAC', 'HOSTNAME'];

/**
 * Distinguishes new, changed and vanished nodes: by service tag, or by MAC address or hostname where one side has no
 * tag.
 */
export function matchNodes(model: MappingModel, table: SourceTable, placed: Recognised): MatchedNodes {
  const { layout } = model;
  const { rows, leftOut } = newRows(table, placed, layout);
  const file = new FileNodes(model);
  const fresh: string[][] = [];
  const seen = new Map<string, string[]>();
  const said: CellChanges = new Map();
  const doubled: string[] = [];
  const changed: CellChanges = new Map();
  const assigned: CellChanges = new Map();
  const met = new Set<MappingRow>();
  const tags = new Set<string>();
  for (const cells of rows) {
    const node = valuesOf(model, cells);
    tags.add(cleanName(node.SERVICE_TAG));
    const found = file.rowOf(node);
    if (found === undefined) {
      const keys = keysOf(node);
      const known = keys.map((key) => seen.get(key)).find((row) => row !== undefined);
      const own = known ?? [...cells];
      if (known === undefined) fresh.push(own);
      else if (!complete(model, own, cells)) doubled.push(nameOf(node));
      for (const key of keys) if (!seen.has(key)) seen.set(key, own);
      continue;
    }
    const { row, isBmc } = found;
    met.add(row);
    const values = isBmc ? { BMC_IP: node.ADMIN_IP } : node;
    if (!take(model, row, values, { said, changed, assigned })) doubled.push(nameOf(node));
  }
  tags.delete('');
  const vanished = [...model.rows].filter((row) => {
    const tag = cleanName(row.text.SERVICE_TAG);
    return tags.size > 0 && tag !== '' && !tags.has(tag) && !met.has(row);
  });
  return { fresh, changed, assigned, vanished, doubled, leftOut };
}

type Values = Readonly<Partial<Record<ColumnName, string>>>;
type NodeValues = Readonly<Record<ColumnName, string>>;

function valuesOf({ layout }: MappingModel, cells: NewRow): NodeValues {
  return Object.fromEntries(
    columnNames.map((column) => [column, cells[layout.cellOf[column] ?? -1] ?? '']),
  ) as NodeValues;
}

/** Adds what is new in a further line of the same node to its row. False where an earlier line contradicts it. */
function complete({ layout }: MappingModel, own: string[], cells: NewRow): boolean {
  let isFirst = true;
  for (const [cell] of layout.cells.entries()) {
    const column = columnAt(layout, cell);
    const [told = '', value = ''] = [own[cell], cells[cell]];
    if (told === '') own[cell] = value;
    else if (value !== '' && (column === undefined || !isSame(column, told, value))) isFirst = false;
  }
  return isFirst;
}

/** What the first line that says something of a cell says, whether or not that differs from the file. */
interface Taken extends Pick<MatchedNodes, 'changed' | 'assigned'> {
  readonly said: CellChanges;
}

/** Adds what differs to the changes. False where an earlier line contradicts it. */
function take({ layout }: MappingModel, { record, text }: MappingRow, values: Values, to: Taken): boolean {
  let isFirst = true;
  const own = cellsOf(to.said, record);
  for (const [cell] of layout.cells.entries()) {
    const column = columnAt(layout, cell);
    const value = column === undefined ? '' : (values[column] ?? '');
    if (column === undefined || value === '') continue;
    const told = own.get(cell);
    if (told !== undefined) {
      if (!isSame(column, told, value)) isFirst = false;
      continue;
    }
    own.set(cell, value);
    if (isSame(column, text[column], value)) continue;
    cellsOf(decided.has(column) && text[column] !== '' ? to.assigned : to.changed, record).set(cell, value);
  }
  return isFirst;
}

function cellsOf(changes: CellChanges, record: CsvRecord): Map<number, string> {
  const own = changes.get(record) ?? new Map<number, string>();
  changes.set(record, own);
  return own;
}

/** Whether two values say the same: a MAC address in another spelling, a hostname with its domain. */
function isSame(column: ColumnName, old: string, value: string): boolean {
  if (old === value) return true;
  switch (column) {
    case 'ADMIN_MAC':
    case 'BMC_MAC':
      return cleanMac(old) !== '' && cleanMac(old) === cleanMac(value);
    case 'SERVICE_TAG':
    case 'PARENT_SERVICE_TAG':
      return cleanName(old) !== '' && cleanName(old) === cleanName(value);
    case 'HOSTNAME':
      return old !== '' && hostOf(value) === old.toLowerCase();
    default:
      return false;
  }
}

function hostOf(name: string): string {
  return (name.split('.')[0] ?? '').toLowerCase();
}

function keysOf(node: NodeValues): string[] {
  const tag = cleanName(node.SERVICE_TAG);
  if (tag !== '') return [`tag ${tag}`];
  const macs = [node.ADMIN_MAC, node.BMC_MAC].map(cleanMac).filter((mac) => mac !== '');
  if (macs.length > 0) return macs.map((mac) => `mac ${mac}`);
  return node.HOSTNAME === '' ? [] : [`host ${node.HOSTNAME.toLowerCase()}`];
}

function nameOf({ HOSTNAME, SERVICE_TAG, ADMIN_MAC, BMC_IP, ADMIN_IP }: NodeValues): string {
  return [HOSTNAME, SERVICE_TAG, ADMIN_MAC, BMC_IP, ADMIN_IP].find((value) => value !== '') ?? '';
}

/** The rows of a file by what distinguishes them; what is in several rows distinguishes nothing. */
class FileNodes {
  readonly #byTag: ReadonlyMap<string, MappingRow>;
  readonly #byAdminMac: ReadonlyMap<string, MappingRow>;
  readonly #byBmcMac: ReadonlyMap<string, MappingRow>;
  readonly #byHost: ReadonlyMap<string, MappingRow>;

  constructor(model: MappingModel) {
    const rows = [...model.rows];
    this.#byTag = onlyOnes(rows, ({ text }) => cleanName(text.SERVICE_TAG));
    this.#byAdminMac = onlyOnes(rows, ({ text }) => cleanMac(text.ADMIN_MAC));
    this.#byBmcMac = onlyOnes(rows, ({ text }) => cleanMac(text.BMC_MAC));
    this.#byHost = onlyOnes(rows, ({ text }) => text.HOSTNAME.toLowerCase());
  }

  /** `isBmc`: the source describes only the node's BMC, for example a lease of it. */
  rowOf(node: NodeValues): { readonly row: MappingRow; readonly isBmc: boolean } | undefined {
    const tag = cleanName(node.SERVICE_TAG);
    const byTag = this.#byTag.get(tag);
    if (byTag !== undefined) return { row: byTag, isBmc: false };
    const isFree = (row: MappingRow | undefined): row is MappingRow =>
      row !== undefined && (tag === '' || cleanName(row.text.SERVICE_TAG) === '');
    const mac = cleanMac(node.ADMIN_MAC);
    const ofBmc = this.#byBmcMac.get(mac);
    if (isFree(ofBmc) && node.BMC_IP === '' && node.BMC_MAC === '') return { row: ofBmc, isBmc: true };
    const ofNode =
      this.#byAdminMac.get(mac) ??
      this.#byBmcMac.get(cleanMac(node.BMC_MAC)) ??
      this.#byHost.get(hostOf(node.HOSTNAME));
    return isFree(ofNode) ? { row: ofNode, isBmc: false } : undefined;
  }
}

function onlyOnes(rows: readonly MappingRow[], keyOf: (row: MappingRow) => string): ReadonlyMap<string, MappingRow> {
  const found = new Map<string, MappingRow | undefined>();
  for (const row of rows) {
    const key = keyOf(row);
    found.set(key, found.has(key) ? undefined : row);
  }
  found.delete('');
  return new Map([...found].flatMap(([key, row]): [string, MappingRow][] => (row === undefined ? [] : [[key, row]])));
}
