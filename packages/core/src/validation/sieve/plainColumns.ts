import { columnMeant, type ColumnName } from '../../mapping/columns.ts';
import { reservedHostnames } from '../../rules/reservedHostname.ts';
import { notPlain, type CellBytes } from './cellBytes.ts';
import { Names } from './names.ts';

/** Reads the cells of one column, one row after the other. */
export interface PlainColumn {
  /**
   * The offset behind the cell, or `notPlain`. What is to be remembered of the cell is noted for the row; when a later
   * cell shows that it is not plain, the next row has its number.
   */
  read(at: number, row: number): number;
  /** Of the cell read last: rows with the same traits in all columns look alike to every rule about single rows. */
  readonly trait: number;
}

/** Names that many rows share: the rules see each once, so anything may be in them but what must be counted. */
export class NameColumn implements PlainColumn {
  readonly names: Names;
  trait = 0;
  readonly #cells: CellBytes;
  readonly #mayBeEmpty: boolean;
  readonly #isCounted: (name: string) => boolean;
  readonly #counted: boolean[] = [];

  constructor(cells: CellBytes, mayBeEmpty: boolean, isCounted: (name: string) => boolean) {
    this.names = new Names(cells.bytes);
    this.#cells = cells;
    this.#mayBeEmpty = mayBeEmpty;
    this.#isCounted = isCounted;
  }

  read(at: number): number {
    const again = this.names.againAt(at);
    if (again !== -1 && this.#cells.isEmpty(again) && this.#counted[this.names.last] === false) {
      if (again === at && !this.#mayBeEmpty) return notPlain;
      this.trait = this.names.last;
      return again;
    }
    const end = this.#cells.name(at);
    if (end === notPlain || (end === at && !this.#mayBeEmpty)) return notPlain;
    this.trait = this.names.numberOf(at, end);
    const isCounted = (this.#counted[this.trait] ??= this.#isCounted(this.names.textOf(this.trait)));
    return isCounted ? notPlain : end;
  }
}

/** Tags of parents; the row that has the tag is looked up afterwards. */
export class ParentColumn implements PlainColumn {
  readonly names: Names;
  trait = 0;
  readonly #cells: CellBytes;
  readonly #found: number[] = [];

  constructor(cells: CellBytes) {
    this.names = new Names(cells.bytes);
    this.#cells = cells;
  }

  /** The keys of all parents, as a column of tags has them. */
  get keys(): readonly number[] {
    return this.#found;
  }

  read(at: number): number {
    const end = this.#cells.tag(at);
    this.trait = this.names.numberOf(at, end);
    this.#found[this.trait] = this.#cells.key;
    return end;
  }
}

/** Service tags, of the lengths that Dell's have. */
export class TagColumn implements PlainColumn {
  trait = 0;
  readonly #cells: CellBytes;
  readonly #keys: Uint32Array;

  constructor(cells: CellBytes, keys: Uint32Array) {
    this.#cells = cells;
    this.#keys = keys;
  }

  read(at: number, row: number): number {
    const end = this.#cells.tag(at);
    this.trait = end - at;
    if (this.trait !== 5 && this.trait !== 7) return notPlain;
    this.#keys[row] = this.#cells.key;
    return end;
  }
}

const [otherName, nidName] = [0, 1];
const reserved = [...reservedHostnames];

/** Hostnames that are neither reserved nor `nid` and three digits, which late versions tell from other numbers. */
export class HostColumn implements PlainColumn {
  trait = 0;
  readonly #cells: CellBytes;
  readonly #keys: Uint32Array;

  constructor(cells: CellBytes, keys: Uint32Array) {
    this.#cells = cells;
    this.#keys = keys;
  }

  read(at: number, row: number): number {
    const end = this.#cells.host(at);
    if (end === notPlain || this.#isReserved(at, end)) return notPlain;
    this.#keys[row] = this.#cells.key;
    const isNid = end > at + 3 && this.#is('nid', at, at + 3) && this.#cells.isDigits(at + 3, end);
    this.trait = isNid ? nidName : otherName;
    return isNid && end === at + 6 ? notPlain : end;
  }

  #isReserved(at: number, end: number): boolean {
    for (const word of reserved) if (this.#is(word, at, end)) return true;
    return false;
  }

  #is(word: string, at: number, end: number): boolean {
    if (word.length !== end - at) return false;
    for (let index = 0; index < word.length; index++) {
      if (this.#cells.bytes[at + index] !== word.charCodeAt(index)) return false;
    }
    return true;
  }
}

/** Addresses of network cards. */
export class MacColumn implements PlainColumn {
  trait = 0;
  readonly #cells: CellBytes;
  readonly #keys: Uint32Array;
  readonly #mayBeEmpty: boolean;

  constructor(cells: CellBytes, keys: Uint32Array, mayBeEmpty: boolean) {
    this.#cells = cells;
    this.#keys = keys;
    this.#mayBeEmpty = mayBeEmpty;
  }

  read(at: number, row: number): number {
    const end = this.#cells.mac(at);
    if (end === notPlain) {
      this.trait = 0;
      this.#keys[row] = 0;
      return this.#mayBeEmpty && this.#cells.isEmpty(at) ? at : notPlain;
    }
    this.trait = 1;
    this.#keys[row] = this.#cells.key;
    return end;
  }
}

/** IPv4 addresses, kept by row: what a rule says of one depends on where it lies. */
export class IpColumn implements PlainColumn {
  readonly column: ColumnName;
  /** By row; of an empty cell 0, which as an address is not plain. */
  readonly addresses: Uint32Array;
  trait = 0;
  readonly #cells: CellBytes;
  readonly #mayBeEmpty: boolean;

  constructor(column: ColumnName, cells: CellBytes, addresses: Uint32Array, mayBeEmpty: boolean) {
    this.column = column;
    this.addresses = addresses;
    this.#cells = cells;
    this.#mayBeEmpty = mayBeEmpty;
  }

  read(at: number, row: number): number {
    const end = this.#cells.ipv4(at);
    if (end === notPlain) {
      this.trait = 0;
      this.addresses[row] = 0;
      return this.#mayBeEmpty && this.#cells.isEmpty(at) ? at : notPlain;
    }
    const address = this.#cells.key;
    if (address === 0) return notPlain;
    this.trait = 1;
    this.addresses[row] = address;
    return end;
  }
}

/** A column whose cells have to be empty. */
export class EmptyColumn implements PlainColumn {
  readonly trait = 0;

  read(at: number): number {
    return at;
  }
}

/** Roles whose rows a rule counts, and names that stand in headers. */
export function isCountedRole(name: string): boolean {
  return /^(?:service_kube_control_plane|slurm_control_node)/i.test(name) || isHeaderName(name);
}

/** A row with such a name may be a header again. */
export function isHeaderName(name: string): boolean {
  return columnMeant(name) !== undefined;
}
