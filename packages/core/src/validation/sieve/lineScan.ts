import { normaliseMac, parseIpv4 } from '../../mapping/addresses.ts';
import { canonicalHeader, requiredColumns, type ColumnName } from '../../mapping/columns.ts';
import { isCountedRole, isHeaderName } from './plainColumns.ts';
import { SharedTexts } from './sharedTexts.ts';
import type { Line, OtherValues, Scan, SharedKey } from './scan.ts';

/** Cells that `plainColumns.ts` takes for plain, in this order, of MAC addresses only those with colons. */
const node =
  /([\w.-]{1,100}),([\w.-]{1,100}),([A-Za-z\d]{5}|[A-Za-z\d]{7}),([A-Za-z\d]*),(?!(?:nid\d{3}|localhost|gateway|dns),)([a-z][a-z\d-]{0,62})(?<!-),((?!00:00:00:00:00:00)[\dA-Fa-f][02468ACEace](?::[\dA-Fa-f]{2}){5}),((?!0\.0\.0\.0,)(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}),((?!00:00:00:00:00:00)[\dA-Fa-f][02468ACEace](?::[\dA-Fa-f]{2}){5})?,((?!0\.0\.0\.0[,\r\n])(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3})(?=[,\r\n])/y;
const ports =
  /,([\w.-]{1,100})?,((?!0\.0\.0\.0[\r\n])(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3})?\r?\n/y;
const noPorts = /\r?\n/y;

const sharedColumns = ['HOSTNAME', 'SERVICE_TAG', 'ADMIN_MAC', 'ADMIN_IP', 'BMC_MAC', 'BMC_IP', 'IB_IP'] as const;

/** The kind of rows that the rules have to look at one by one. */
const counted = -1;
/** Files up to this size are done before V8 would have compiled what reads bytes. */
export const mostBytes = 400_000;

/**
 * Reads a small file of ASCII characters, with its columns in the usual order, by two expressions a row: Node has to compile
 * nothing else for it, and the time of a small file is that of compiling.
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
  readonly #values: Readonly<Record<(typeof sharedColumns)[number], string[]>> = {
    HOSTNAME: [],
    SERVICE_TAG: [],
    ADMIN_MAC: [],
    ADMIN_IP: [],
    BMC_MAC: [],
    BMC_IP: [],
    IB_IP: [],
  };
  readonly #keys: Readonly<Record<SharedKey, SharedTexts>>;
  /** By what rows have in common: the number of the kind, or `counted`. */
  readonly #kinds = new Map<string, number>();
  /** Of each kind its group, and what its rows have in common but that. */
  readonly #groups: { readonly group: string; readonly rest: string }[] = [];
  readonly #parents = new Set<string>();

  private constructor(text: string, hasPorts: boolean) {
    this.#text = text;
    this.#hasPorts = hasPorts;
    const { HOSTNAME, SERVICE_TAG, ADMIN_MAC, ADMIN_IP, BMC_MAC, BMC_IP, IB_IP } = this.#values;
    this.#keys = {
      host: new SharedTexts([HOSTNAME]),
      tag: new SharedTexts([SERVICE_TAG], (tags) => tags.toUpperCase()),
      mac: new SharedTexts([ADMIN_MAC, BMC_MAC], normaliseMac),
      address: new SharedTexts([ADMIN_IP, BMC_IP]),
      ib: new SharedTexts([IB_IP]),
    };
    const columns = hasPorts ? (['ADMIN_IP', 'BMC_IP', 'IB_IP'] as const) : (['ADMIN_IP', 'BMC_IP'] as const);
    this.addresses = columns.map((column) => numbersOf(column, this.#values[column]));
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
    const rest = this.#hasPorts ? ports : noPorts;
    let at = from;
    for (let line = firstLine; at < text.length; line++) {
      node.lastIndex = at;
      const cells = node.exec(text);
      rest.lastIndex = node.lastIndex;
      const more = cells === null ? null : rest.exec(text);
      if (cells !== null && more !== null && this.#note(cells, more)) {
        this.starts.push(at);
        this.lines.push(line);
        at = rest.lastIndex;
        continue;
      }
      const feed = text.indexOf('\n', at);
      const end = feed === -1 ? text.length : feed + 1;
      this.others.push({ number: line, start: at, end });
      at = end;
    }
    this.shared = new Uint8Array(this.rows);
    for (const keys of Object.values(this.#keys)) keys.seal(this.shared);
    return true;
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

  /** @returns false when the rules have to look at the row */
  #note(cells: RegExpExecArray, more: RegExpExecArray): boolean {
    // By index: taking an array apart goes by its iterator, which makes an object for each cell as long as nothing is compiled.
    const role = cells[1] ?? '';
    const group = cells[2] ?? '';
    const tag = cells[3] ?? '';
    const parent = cells[4] ?? '';
    const host = cells[5] ?? '';
    const bmcMac = cells[8] ?? '';
    const port = more[1] ?? '';
    const portIp = more[2] ?? '';
    const isNid = host.startsWith('nid') && /^nid\d+$/.test(host);
    const traits = (tag.length === 5 ? 1 : 0) + (isNid ? 2 : 0) + (bmcMac ? 4 : 0) + (portIp ? 8 : 0);
    const rest = `${role},${parent},${port},${String(traits)}`;
    const common = `${group},${rest}`;
    let kind = this.#kinds.get(common);
    if (kind === undefined) {
      kind = isCountedRole(role) || isHeaderName(group) ? counted : this.#groups.length;
      this.#kinds.set(common, kind);
      if (kind !== counted) {
        this.#groups.push({ group, rest });
        this.#parents.add(parent.toUpperCase());
      }
    }
    if (kind === counted) return false;
    this.kinds.push(kind);
    const values = this.#values;
    values.HOSTNAME.push(host);
    values.SERVICE_TAG.push(tag);
    values.ADMIN_MAC.push(cells[6] ?? '');
    values.ADMIN_IP.push(cells[7] ?? '');
    values.BMC_MAC.push(bmcMac);
    values.BMC_IP.push(cells[9] ?? '');
    values.IB_IP.push(portIp);
    return true;
  }
}

/** Made when a rule about addresses has something to compare them with. */
function numbersOf(column: ColumnName, cells: readonly string[]): Scan['addresses'][number] {
  let addresses: number[] | undefined;
  return {
    column,
    get addresses() {
      return (addresses ??= cells.map((cell) => parseIpv4(cell) ?? 0));
    },
  };
}
