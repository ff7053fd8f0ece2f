import type { ColumnName } from '../../mapping/columns.ts';
import { asciiBytes, CellBytes, notPlain } from './cellBytes.ts';
import { Makers } from './makers.ts';
import { Pairs } from './names.ts';
import {
  EmptyColumn,
  HostColumn,
  IpColumn,
  isCountedRole,
  isHeaderName,
  MacColumn,
  NameColumn,
  ParentColumn,
  TagColumn,
  type PlainColumn,
} from './plainColumns.ts';
import type { Line, OtherValues, Scan, SharedKey } from './scan.ts';
import { SharedKeys } from './sharedKeys.ts';

const [comma, lineFeed, carriageReturn] = [0x2c, 0x0a, 0x0d];
/** The shortest row with all nine columns that the rules have nothing to say about. */
const shortestRow = 48;
/** When more rows than this share of all are not plain, the rules look at all of them: that is sooner done. */
const mostOthers = 0.25;
const alwaysTaken = 1000;
/** A simple column has fewer. */
const traits = 8;

const readers = { host: 'host', tag: 'tag', mac: 'mac', address: 'ipv4', ib: 'ipv4' } as const;

/** Reads bytes, and makes no strings of them. */
export class RowScan implements Scan {
  readonly keepsGroups = true;
  readonly others: Line[] = [];
  rows = 0;
  readonly lines: Uint32Array;
  readonly starts: Uint32Array;
  readonly kinds: Uint32Array;
  readonly shared: Uint8Array;
  readonly addresses: readonly IpColumn[];
  readonly #parents: ParentColumn;
  readonly #keys: Readonly<Record<SharedKey, SharedKeys>>;
  readonly #makers = new Makers();
  readonly #bytes: Uint8Array;
  readonly #columns: readonly PlainColumn[];
  /** Columns with few traits, and those with many, the one that changes most often last. */
  readonly #simple: readonly PlainColumn[];
  readonly #named: readonly { readonly column: PlainColumn; readonly pairs: Pairs }[];

  constructor(bytes: Uint8Array, columns: readonly ColumnName[]) {
    const mostRows = Math.ceil(bytes.length / shortestRow) + 1;
    const cells = new CellBytes(bytes, this.#makers);
    this.#bytes = bytes;
    this.lines = new Uint32Array(mostRows);
    this.starts = new Uint32Array(mostRows);
    this.kinds = new Uint32Array(mostRows);
    this.shared = new Uint8Array(mostRows);
    const keys = (): SharedKeys => new SharedKeys(mostRows);
    const [host, tag, mac, address, ib] = [keys(), keys(), keys(), keys(), keys()];
    this.#keys = { host, tag, mac, address, ib };
    this.#parents = new ParentColumn(cells);
    const addresses: IpColumn[] = [];
    const ip = (name: ColumnName, among: SharedKeys, mayBeEmpty: boolean): IpColumn => {
      const column = new IpColumn(name, cells, among.column(), mayBeEmpty);
      addresses.push(column);
      return column;
    };
    const make: Readonly<Record<ColumnName, () => PlainColumn>> = {
      FUNCTIONAL_GROUP_NAME: () => new NameColumn(cells, false, isCountedRole),
      GROUP_NAME: () => new NameColumn(cells, false, isHeaderName),
      SERVICE_TAG: () => new TagColumn(cells, tag.column()),
      PARENT_SERVICE_TAG: () => this.#parents,
      HOSTNAME: () => new HostColumn(cells, host.column()),
      ADMIN_MAC: () => new MacColumn(cells, mac.column(), false),
      ADMIN_IP: () => ip('ADMIN_IP', address, false),
      BMC_MAC: () => new MacColumn(cells, mac.column(), true),
      BMC_IP: () => ip('BMC_IP', address, false),
      IB_NIC_NAME: () => new NameColumn(cells, true, () => false),
      IB_IP: () => ip('IB_IP', ib, true),
      IB_IPV4: () => ip('IB_IPV4', ib, true),
      IB_IPV6: () => new EmptyColumn(),
    };
    this.#columns = columns.map((name) => make[name]());
    this.addresses = addresses;
    const isNamed = (column: PlainColumn): boolean => column instanceof NameColumn || column instanceof ParentColumn;
    this.#simple = this.#columns.filter((column) => !isNamed(column));
    const group = this.#columns[columns.indexOf('GROUP_NAME')];
    const named = this.#columns.filter(isNamed).sort((a, b) => Number(a === group) - Number(b === group));
    this.#named = named.map((column) => ({ column, pairs: new Pairs() }));
  }

  run(from: number, firstLine: number): boolean {
    const bytes = this.#bytes;
    let at = from;
    for (let line = firstLine; at < bytes.length; line++) {
      let end = this.#plainRow(at);
      if (end === notPlain) {
        const feed = bytes.indexOf(lineFeed, at);
        end = feed === -1 ? bytes.length : feed + 1;
        this.others.push({ number: line, start: at, end });
        if (this.others.length > alwaysTaken && this.others.length > (line - firstLine) * mostOthers) return false;
      } else this.#note(at, line);
      at = end;
    }
    for (const keys of Object.values(this.#keys)) keys.seal(this.rows, this.shared);
    return true;
  }

  markShared(values: OtherValues): void {
    for (const name of Object.keys(readers) as SharedKey[]) {
      const keys = new Set<number>(name === 'tag' ? this.#parents.keys : []);
      for (const value of values[name]) {
        const bytes = value === '' ? undefined : asciiBytes(value);
        if (bytes === undefined) continue;
        const cells = new CellBytes(bytes, this.#makers);
        // A value that no plain cell can have is no plain row's key.
        const end = cells[readers[name]](0);
        if (end !== notPlain && end === bytes.length) keys.add(cells.key);
      }
      this.#keys[name].markThose(keys, this.shared);
    }
  }

  /** The offset behind a row and its line end, or `notPlain`. */
  #plainRow(start: number): number {
    const bytes = this.#bytes;
    const columns = this.#columns;
    let end = start - 1;
    for (let index = 0; index < columns.length; index++) {
      if (index > 0 && bytes[end] !== comma) return notPlain;
      end = columns[index]?.read(end + 1, this.rows) ?? notPlain;
      if (end === notPlain) return notPlain;
    }
    if (end >= bytes.length) return end;
    if (bytes[end] === lineFeed) return end + 1;
    return bytes[end] === carriageReturn && bytes[end + 1] === lineFeed ? end + 2 : notPlain;
  }

  #note(start: number, line: number): void {
    const row = this.rows++;
    this.lines[row] = line;
    this.starts[row] = start;
    let kind = 0;
    for (const { trait } of this.#simple) kind = kind * traits + trait;
    for (const { column, pairs } of this.#named) kind = pairs.numberOf(kind, column.trait);
    this.kinds[row] = kind;
  }
}
