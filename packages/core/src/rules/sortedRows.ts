import type { MappingRow } from '../mapping/row.ts';
import { insertInOrder, removeRow } from './rowOrder.ts';

/** Moving an array this long takes no time; moving one of a hundred thousand rows takes most of the time of an edit. */
const fullChunk = 512;

/**
 * Rows in file order, in chunks: adding or removing one costs little, however many there are. No chunk is empty, except
 * at the end.
 */
export class SortedRows {
  readonly #chunks: MappingRow[][];

  constructor(row: MappingRow) {
    this.#chunks = [[row]];
  }

  get first(): MappingRow | undefined {
    return this.#chunks[0]?.[0];
  }

  get isEmpty(): boolean {
    return this.#chunks.length === 0;
  }

  /** The only row; undefined when there are more, or none. */
  get only(): MappingRow | undefined {
    const [chunk, more] = this.#chunks;
    return more === undefined && chunk?.length === 1 ? chunk[0] : undefined;
  }

  all(): readonly MappingRow[] {
    const [chunk = [], more] = this.#chunks;
    return more === undefined ? chunk : this.#chunks.flat();
  }

  add(row: MappingRow): void {
    const index = this.#chunkOf(row);
    const chunk = this.#chunks[index];
    if (chunk === undefined) {
      this.#chunks.push([row]);
      return;
    }
    insertInOrder(chunk, row);
    if (chunk.length < 2 * fullChunk) return;
    // An array that only ever grows at its end leaves full chunks behind.
    this.#chunks.splice(index + 1, 0, chunk.splice(fullChunk));
  }

  remove(row: MappingRow): void {
    const guess = this.#chunkOf(row);
    // The row may have left the document, and its neighbours been numbered anew since.
    const isThere = this.#chunks[guess]?.includes(row) === true;
    const index = isThere ? guess : this.#chunks.findIndex((chunk) => chunk.includes(row));
    const chunk = this.#chunks[index];
    if (chunk === undefined) return;
    removeRow(chunk, row);
    if (chunk.length === 0) this.#chunks.splice(index, 1);
  }

  /** The first chunk that ends with the row or a later one; else the last. */
  #chunkOf(row: MappingRow): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#chunks[middle]?.at(-1)?.record.order ?? 0) < row.record.order) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
