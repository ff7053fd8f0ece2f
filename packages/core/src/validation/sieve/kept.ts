import type { NetworkSpec } from '../../context/context.ts';
import { CsvDocument } from '../../csv/document.ts';
import type { Finding } from '../../rules/rule.ts';
import { addressEdges, intervalOf } from './addressEdges.ts';

import { reachOf } from './ruleReach.ts';
import type { Line, Scan } from './scan.ts';

/** Bytes as text; what is not UTF-8 becomes U+FFFD. */
export type Decode = (bytes: Uint8Array) => string;

/** More than this share of the rows is no gain over all of them. */
const mostKept = 0.4;
const alwaysKept = 4000;

/** Which lines of a file are judged: those that are not plain, rows that share something, and the first of each kind. */
export class Kept {
  readonly #bytes: Uint8Array;
  readonly #decode: Decode;
  readonly #scan: Scan;
  readonly #head: readonly Line[];
  /** By row: whether it is judged. */
  readonly #rows: Uint8Array;
  /** The first row of each kind. */
  readonly #firstOfKind: ReadonlyMap<number, number>;
  #edges: Float64Array = new Float64Array(0);
  /** By record of the last document: its row, or -1. */
  #rowOf: readonly number[] = [];

  constructor(bytes: Uint8Array, decode: Decode, scan: Scan, head: readonly Line[]) {
    this.#bytes = bytes;
    this.#decode = decode;
    this.#scan = scan;
    this.#head = head;
    this.#rows = scan.shared.slice(0, scan.rows);
    const { kinds } = scan;
    this.#firstOfKind = firstRows(scan.rows, (row) => kinds[row] ?? 0);
    for (const row of this.#firstOfKind.values()) this.#keep(row);
    // The file ends as it ends.
    if (this.#lastRow() !== undefined) this.#keep(scan.rows - 1);
  }

  get keepsGroups(): boolean {
    return this.#scan.keepsGroups;
  }

  /** Keeps the first row of each column whose address lies between two edges of the network. */
  addAddresses(network: NetworkSpec | undefined): void {
    this.#edges = addressEdges(network);
    if (this.#edges.length === 0) return;
    for (const { addresses } of this.#scan.addresses) {
      const first = firstRows(this.#scan.rows, (row) => intervalOf(this.#edges, addresses[row] ?? 0));
      for (const row of first.values()) this.#keep(row);
    }
  }

  /** Keeps the rows that have a finding because the first of their kind has it. @returns whether there are any */
  addAlike(findings: readonly Finding[]): boolean {
    const { rows, kinds, addresses } = this.#scan;
    const wantedKinds = new Set<number>();
    const wantedIntervals = addresses.map(() => new Set<number>());
    for (const { rule, place } of findings) {
      const row = place.record === undefined ? -1 : (this.#rowOf[place.record.order] ?? -1);
      if (row === -1) continue;
      if (reachOf(rule) === 'alike' && this.#firstOfKind.get(kinds[row] ?? 0) === row) wantedKinds.add(kinds[row] ?? 0);
      if (reachOf(rule) !== 'address') continue;
      const index = addresses.findIndex(({ column }) => column === place.column);
      wantedIntervals[index]?.add(intervalOf(this.#edges, addresses[index]?.addresses[row] ?? 0));
    }
    let isMore = false;
    const keep = (row: number): void => {
      isMore ||= this.#rows[row] === 0;
      this.#keep(row);
    };
    for (let row = 0; wantedKinds.size > 0 && row < rows; row++) if (wantedKinds.has(kinds[row] ?? 0)) keep(row);
    for (const [index, wanted] of wantedIntervals.entries()) {
      for (let row = 0; wanted.size > 0 && row < rows; row++) {
        if (wanted.has(intervalOf(this.#edges, addresses[index]?.addresses[row] ?? 0))) keep(row);
      }
    }
    return isMore;
  }

  /** The lines that are kept, as a document; undefined when they are too many. */
  document(): CsvDocument | undefined {
    const kept = this.#lines();
    if (kept === undefined) return undefined;
    this.#rowOf = kept.map(({ row }) => row);
    const bytes = new Uint8Array(kept.reduce((sum, { line }) => sum + line.end - line.start, 0));
    let at = 0;
    for (const { line } of kept) {
      bytes.set(this.#bytes.subarray(line.start, line.end), at);
      at += line.end - line.start;
    }
    const lines = Uint32Array.from(kept, ({ line }) => line.number);
    return CsvDocument.ofLines(this.#decode(bytes), lines);
  }

  #lines(): readonly KeptLine[] | undefined {
    const { rows, others, starts, lines } = this.#scan;
    const kept: KeptLine[] = [...this.#head, ...others].map((line) => ({ line, row: -1 }));
    for (let row = 0; row < rows; row++) {
      if (this.#rows[row] === 0) continue;
      const start = starts[row] ?? 0;
      kept.push({ line: { number: lines[row] ?? 0, start, end: this.#endOf(start) }, row });
      if (kept.length > alwaysKept && kept.length > mostKept * rows) return undefined;
    }
    const { length } = this.#bytes;
    // The lexer has a last record after the last line end.
    if (this.#lastRow() === undefined && others.at(-1)?.end !== length) return undefined;
    kept.sort((a, b) => a.line.number - b.line.number);
    const last = kept.at(-1)?.line;
    if (last !== undefined && this.#bytes[length - 1] === 0x0a) {
      kept.push({ line: { number: last.number + 1, start: length, end: length }, row: -1 });
    }
    return kept;
  }

  /** The last row, when the file ends with it. */
  #lastRow(): number | undefined {
    const last = this.#scan.rows - 1;
    const isLast = last >= 0 && this.#endOf(this.#scan.starts[last] ?? 0) === this.#bytes.length;
    return isLast ? last : undefined;
  }

  #endOf(start: number): number {
    const feed = this.#bytes.indexOf(0x0a, start);
    return feed === -1 ? this.#bytes.length : feed + 1;
  }

  #keep(row: number): void {
    if (row >= 0) this.#rows[row] = 1;
  }
}

interface KeptLine {
  readonly line: Line;
  /** Of a plain row its number, else -1. */
  readonly row: number;
}

/** The first row of each number that rows have. */
function firstRows(rows: number, numberOf: (row: number) => number): Map<number, number> {
  const first = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const number = numberOf(row);
    if (!first.has(number)) first.set(number, row);
  }
  return first;
}
