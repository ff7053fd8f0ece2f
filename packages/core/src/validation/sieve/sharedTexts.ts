/** The same as `SharedKeys` for a small file, by what Node has at hand: little of it is code that had to be compiled. */
export class SharedTexts {
  /** Of each column by row, one column behind the other; empty cells share nothing. */
  readonly #texts: () => readonly string[];
  readonly #comparable: ((text: string) => string) | undefined;
  #values: readonly string[] = [];
  #set: ReadonlySet<string> = new Set();

  /**
   * @param texts asked for when they are sealed
   * @param comparable makes values that are the same the same text; it may be given many of them, in lines
   */
  constructor(texts: () => readonly string[], comparable?: (text: string) => string) {
    this.#texts = texts;
    this.#comparable = comparable;
  }

  /** Marks the rows that have a value of another row, or of theirs twice. */
  seal(shared: Uint8Array): void {
    const all = this.#texts();
    this.#values = this.#comparables(all);
    const set = new Set(this.#values);
    const filled = set.delete('') ? all.filter(Boolean).length : all.length;
    this.#set = set;
    if (set.size === filled) return;
    const seen = new Set<string>();
    const twice = new Set<string>();
    for (const value of this.#values) (seen.has(value) ? twice : seen).add(value);
    this.markThose(twice, shared);
  }

  /** The texts themselves where they are comparable as they are, as in most files. */
  #comparables(texts: readonly string[]): readonly string[] {
    if (this.#comparable === undefined) return texts;
    const lines = texts.join('\n');
    const comparable = this.#comparable(lines);
    return comparable === lines ? texts : comparable.split('\n');
  }

  /** Marks the rows that have one of the values. */
  markThose(values: ReadonlySet<string>, shared: Uint8Array): void {
    const present = new Set([...values].filter((value) => this.#set.has(value)));
    if (present.size === 0) return;
    for (const [index, value] of this.#values.entries()) if (present.has(value)) shared[index % shared.length] = 1;
  }
}
