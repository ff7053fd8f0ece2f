import { normaliseMac, parseIpv4 } from '../../mapping/addresses.ts';
import { canonicalHeader, requiredColumns, type ColumnName } from '../../mapping/columns.ts';
import { isCountedRole, isHeaderName } from './plainColumns.ts';
import { SharedTexts } from './sharedTexts.ts';
import type { Line, OtherValues, Scan, SharedKey } from './scan.ts';

/** A row whose cells `plainColumns.ts` takes for plain, of MAC addresses only those with colons. */
const nodeOnly =
  /[\w.-]{1,100},[\w.-]{1,100},(?:[A-Za-z\d]{5}|[A-Za-z\d]{7}),[A-Za-z\d]*,(?!(?:nid\d{3}|localhost|gateway|dns),)[a-z][a-z\d-]{0,62}(?<!-),(?!00:00:00:00:00:00)[\dA-Fa-f][02468ACEace](?::[\dA-Fa-f]{2}){5},(?!0\.0\.0\.0,)(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3},(?:(?!00:00:00:00:00:00)[\dA-Fa-f][02468ACEace](?::[\dA-Fa-f]{2}){5})?,(?!0\.0\.0\.0[\r\n])(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}\r?\n/y;
/** The same with a port of InfiniBand. */
const nodeWithPort =
  /[\w.-]{1,100},[\w.-]{1,100},(?:[A-Za-z\d]{5}|[A-Za-z\d]{7}),[A-Za-z\d]*,(?!(?:nid\d{3}|localhost|gateway|dns),)[a-z][a-z\d-]{0,62}(?<!-),(?!00:00:00:00:00:00)[\dA-Fa-f][02468ACEace](?::[\dA-Fa-f]{2}){5},(?!0\.0\.0\.0,)(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3},(?:(?!00:00:00:00:00:00)[\dA-Fa-f][02468ACEace](?::[\dA-Fa-f]{2}){5})?,(?!0\.0\.0\.0,)(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3},[\w.-]{0,100},(?:(?!0\.0\.0\.0[\r\n])(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3})?\r?\n/y;

/** By column its place in a row. */
const place = Object.fromEntries(canonicalHeader.map((column, index) => [column, index])) as Record<ColumnName, number>;

/** The kind of rows that the rules have to look at one by one. */
const counted = -1;
/** Files up to this size are done before V8 would have compiled what reads bytes. */
export const mostBytes = 400_000;

/**
 * Reads a small file of ASCII characters, with its columns in the usual order, by an expression that says of a row whether
 * it is plain, and then takes all plain rows apart at once: what Node has compiled already does the work, and the time of a
 * small file is that of compiling.
 */
export class LineScan implements Scan {
  readonly others: Line[] = [];
  readonly lines: number[] = [];
  readonly starts: number[] = [];
  readonly keepsGroups = false;
  kinds: number[] = [];
  readonly addresses: Scan['addresses'];
  shared = new Uint8Array(0);
  readonly #text: string;
  readonly #hasPorts: boolean;
  /** Of all plain rows, and where in it each row begins that no rule has to look at by itself. */
  #cells: readonly string[] = [];
  readonly #rowsAt: number[] = [];
  readonly #keys: Readonly<Record<SharedKey, SharedTexts>>;
  /** By what rows have in common: the number of the kind, or `counted`. */
  readonly #kinds = new Map<string, number>();
  /** The kind found last in each group: most rows of a group are of one. */
  readonly #lastKinds = new Map<string, Kind>();
  /** Of each kind its group, and what its rows have in common but that. */
  readonly #groups: { readonly group: string; readonly rest: string }[] = [];
  readonly #parents = new Set<string>();

  private constructor(text: string, hasPorts: boolean) {
    this.#text = text;
    this.#hasPorts = hasPorts;
    const columns = hasPorts ? (['ADMIN_IP', 'BMC_IP', 'IB_IP'] as const) : (['ADMIN_IP', 'BMC_IP'] as const);
    const valuesOf = (...names: readonly ColumnName[]): (() => string[]) => {
      return () => names.flatMap((name) => this.#column(place[name]));
    };
    this.#keys = {
      host: new SharedTexts(valuesOf('HOSTNAME')),
      tag: new SharedTexts(valuesOf('SERVICE_TAG'), (tags) => tags.toUpperCase()),
      mac: new SharedTexts(valuesOf('ADMIN_MAC', 'BMC_MAC'), normaliseMac),
      address: new SharedTexts(valuesOf('ADMIN_IP', 'BMC_IP')),
      ib: new SharedTexts(hasPorts ? valuesOf('IB_IP') : () => []),
    };
    this.addresses = columns.map((column) => numbersOf(column, valuesOf(column)));
  }

  /** Undefined for a file that is too large, has other characters or other columns. */
  static of(
    bytes: Uint8Array,
    decode: (bytes: Uint8Array) => string,
    columns: readonly ColumnName[],
    most: number,
  ): LineScan | undefined {
    const order = columns.join();
    const hasPorts = order === canonicalHeader.join();
    if (bytes.length > most || !(hasPorts || order === requiredColumns.join())) return undefined;
    const text = decode(bytes);
    return text.length === bytes.length ? new LineScan(text, hasPorts) : undefined;
  }

  get rows(): number {
    return this.starts.length;
  }

  run(from: number, firstLine: number): boolean {
    const text = this.#text;
    const row = this.#hasPorts ? nodeWithPort : nodeOnly;
    const plain: number[] = [];
    const numbers: number[] = [];
    const texts: string[] = [];
    let plainFrom = from;
    let at = from;
    for (let number = firstLine; at < text.length; number++) {
      row.lastIndex = at;
      if (row.test(text)) {
        plain.push(at);
        numbers.push(number);
        at = row.lastIndex;
        continue;
      }
      const end = behindLine(text, at);
      this.others.push({ number, start: at, end });
      texts.push(text.slice(plainFrom, at));
      plainFrom = end;
      at = end;
    }
    texts.push(text.slice(plainFrom));
    this.#noteAll(plain, numbers, texts.join(''));
    this.shared = new Uint8Array(this.rows);
    for (const keys of Object.values(this.#keys)) keys.seal(this.shared);
    return true;
  }

  /** @param text of the lines that begin at `starts` */
  #noteAll(starts: readonly number[], numbers: readonly number[], text: string): void {
    const lines = (text.includes('\r') ? text.replaceAll('\r', '') : text).split('\n');
    const cells = lines.join(',').split(',');
    this.#cells = cells;
    const width = (this.#hasPorts ? canonicalHeader : requiredColumns).length;
    let isCounted = false;
    for (let index = 0, at = 0; index < starts.length; index++, at += width) {
      const start = starts[index] ?? 0;
      const number = numbers[index] ?? 0;
      const kind = this.#kindOf(cells, at);
      if (kind === counted) {
        isCounted = true;
        this.others.push({ number, start, end: behindLine(this.#text, start) });
        continue;
      }
      this.kinds.push(kind);
      this.#rowsAt.push(at);
      this.starts.push(start);
      this.lines.push(number);
    }
    if (isCounted) this.others.sort((a, b) => a.number - b.number);
  }

  #column(offset: number): string[] {
    const cells = this.#cells;
    return this.#rowsAt.map((at) => cells[at + offset] ?? '');
  }

  markShared(values: OtherValues): void {
    for (const key of Object.keys(this.#keys) as SharedKey[]) this.#keys[key].markThose(values[key], this.shared);
    this.#keys.tag.markThose(this.#parents, this.shared);
    this.#mergeKinds(values.group);
  }

  /** Groups of usual names whose rows are all of one kind look alike to every rule about groups, whatever their names. */
  #mergeKinds(otherGroups: ReadonlySet<string>): void {
    const kindsOf = new Map<string, number>();
    for (const { group } of this.#groups) kindsOf.set(group, (kindsOf.get(group) ?? 0) + 1);
    const first = new Map<string, number>();
    const merged = this.#groups.map(({ group, rest }, kind) => {
      if (kindsOf.get(group) !== 1 || otherGroups.has(group) || !/^grp[1-9]?\d$/.test(group)) return kind;
      const known = first.get(rest);
      if (known === undefined) first.set(rest, kind);
      return known ?? kind;
    });
    this.kinds = this.kinds.map((kind) => merged[kind] ?? kind);
  }

  /**
   * @param at of the row's first cell
   * @returns `counted` when the rules have to look at the row
   */
  #kindOf(cells: readonly string[], at: number): number {
    const role = cells[at] ?? '';
    const group = cells[at + 1] ?? '';
    const parent = cells[at + 3] ?? '';
    const host = cells[at + 4] ?? '';
    const port = this.#hasPorts ? (cells[at + 9] ?? '') : '';
    const isNid = host.startsWith('nid') && /^nid\d+$/.test(host);
    const traits =
      (cells[at + 2]?.length === 5 ? 1 : 0) +
      (isNid ? 2 : 0) +
      (cells[at + 7] === '' ? 0 : 4) +
      (this.#hasPorts && cells[at + 10] !== '' ? 8 : 0);
    const last = this.#lastKinds.get(group);
    const isLast = last?.role === role && last.parent === parent && last.port === port && last.traits === traits;
    if (isLast) return last.number;
    const rest = `${role},${parent},${port},${String(traits)}`;
    const common = `${group},${rest}`;
    let number = this.#kinds.get(common);
    if (number === undefined) {
      number = isCountedRole(role) || isHeaderName(group) ? counted : this.#groups.length;
      this.#kinds.set(common, number);
      if (number !== counted) {
        this.#groups.push({ group, rest });
        this.#parents.add(parent.toUpperCase());
      }
    }
    this.#lastKinds.set(group, { role, parent, port, traits, number });
    return number;
  }
}

/** What rows of a group have in common, and its number. */
interface Kind {
  readonly role: string;
  readonly parent: string;
  readonly port: string;
  readonly traits: number;
  readonly number: number;
}

/** The offset behind the line end. */
function behindLine(text: string, at: number): number {
  const feed = text.indexOf('\n', at);
  return feed === -1 ? text.length : feed + 1;
}

/** Made when a rule about addresses has something to compare them with. */
function numbersOf(column: ColumnName, cells: () => readonly string[]): Scan['addresses'][number] {
  let addresses: number[] | undefined;
  return {
    column,
    get addresses() {
      return (addresses ??= cells().map((cell) => parseIpv4(cell) ?? 0));
    },
  };
}
