import type { CsvRecord } from './record.ts';

/** Where the records of a document are. */
interface Places {
  indexOf(record: CsvRecord): number;
  lineOf(index: number): number;
}

/** The records of a document with a quote that is not closed, and how many lines below each decide that (`lex` explains). */
export class OpenQuotes {
  readonly #reaches = new Map<CsvRecord, number>();

  /** In file order. */
  get records(): readonly CsvRecord[] {
    return [...this.#reaches.keys()].sort((a, b) => a.order - b.order);
  }

  clear(): void {
    this.#reaches.clear();
  }

  note(record: CsvRecord, reach: number | undefined): void {
    if (reach !== undefined) this.#reaches.set(record, reach);
  }

  forget(record: CsvRecord): void {
    this.#reaches.delete(record);
  }

  /** Index of a record above `index` that may be read differently once the record at `index` has changed. */
  above(index: number, places: Places, touchesQuotes: boolean): number | undefined {
    for (const [record, reach] of this.#reaches) {
      const at = places.indexOf(record);
      if (at >= index) continue;
      // If there is no quote further down, only a new one can change that.
      if (reach === Infinity ? touchesQuotes : places.lineOf(index) <= places.lineOf(at) + reach) return at;
    }
    return undefined;
  }
}
