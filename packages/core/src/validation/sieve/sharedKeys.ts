const lastBitsMask = 0xffff;

/**
 * The keys of rows that have to differ, of one column or of several that have no value in common. Sorted numbers show
 * what occurs twice at a fraction of the cost of a map of strings; a fleet that counts on is sorted already.
 */
export class SharedKeys {
  readonly #mostRows: number;
  /** Of each column by row: the key, or 0 for an empty cell. */
  readonly #columns: Uint32Array[] = [];
  #sorted: Uint32Array = new Uint32Array(0);
  #rows = 0;

  constructor(mostRows: number) {
    this.#mostRows = mostRows;
  }

  /** Room for the keys of one more column. */
  column(): Uint32Array {
    const keys = new Uint32Array(this.#mostRows);
    this.#columns.push(keys);
    return keys;
  }

  /** Marks the rows that have a key of another row, or of theirs twice. All columns have been filled in. */
  seal(rows: number, shared: Uint8Array): void {
    this.#rows = rows;
    const twice = new Set<number>();
    this.#sorted = this.#columns
      .map((keys) => inOrder(keys.subarray(0, rows)))
      .reduce((first, second) => merged(first, second), this.#sorted);
    for (let at = 1; at < this.#sorted.length; at++) {
      const key = this.#sorted[at] ?? 0;
      if (key !== 0 && key === this.#sorted[at - 1]) twice.add(key);
    }
    this.#mark(twice, shared);
  }

  /** Marks the rows that have one of the keys. */
  markThose(keys: Iterable<number>, shared: Uint8Array): void {
    const present = new Set<number>();
    for (const key of keys) if (key !== 0 && this.#has(key >>> 0)) present.add(key >>> 0);
    this.#mark(present, shared);
  }

  #mark(wanted: ReadonlySet<number>, shared: Uint8Array): void {
    if (wanted.size === 0) return;
    // Few keys are wanted: the last bits of most others show that they are not among them.
    const lastBits = new Uint8Array(lastBitsMask + 1);
    for (const key of wanted) lastBits[key & lastBitsMask] = 1;
    for (const keys of this.#columns) {
      for (let row = 0; row < this.#rows; row++) {
        const key = keys[row] ?? 0;
        if (lastBits[key & lastBitsMask] === 1 && wanted.has(key)) shared[row] = 1;
      }
    }
  }

  #has(key: number): boolean {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sorted[middle] ?? 0) < key) low = middle + 1;
      else high = middle;
    }
    return this.#sorted[low] === key;
  }
}

/** When more keys than this share of all are out of order, all are sorted. */
const mostStrays = 1 / 16;

/** The keys in ascending order; the same array when they are. */
function inOrder(keys: Uint32Array): Uint32Array {
  let at = 1;
  while (at < keys.length && (keys[at - 1] ?? 0) <= (keys[at] ?? 0)) at++;
  return at >= keys.length ? keys : (withoutStrays(keys, at) ?? keys.slice().sort());
}

/** A fleet that counts on, but for a few mistakes: these are taken out, sorted, and put in again. */
function withoutStrays(keys: Uint32Array, firstStray: number): Uint32Array | undefined {
  const most = keys.length * mostStrays;
  const rising = keys.slice();
  const strays: number[] = [];
  let count = firstStray;
  for (let at = firstStray; at < keys.length; at++) {
    const key = keys[at] ?? 0;
    const last = rising[count - 1] ?? 0;
    if (count === 0 || last <= key) rising[count++] = key;
    else {
      if (strays.length > most) return undefined;
      // Either this key is too small for its place, or the one before it was too large.
      const isLastStray = count === 1 || (rising[count - 2] ?? 0) <= key;
      strays.push(isLastStray ? last : key);
      if (isLastStray) rising[count - 1] = key;
    }
  }
  return merged(rising.subarray(0, count), Uint32Array.from(strays).sort());
}

function merged(first: Uint32Array, second: Uint32Array): Uint32Array {
  if (first.length === 0) return second;
  if (second.length === 0) return first;
  const both = new Uint32Array(first.length + second.length);
  let [one, other] = [0, 0];
  for (let at = 0; at < both.length; at++) {
    const isFirst = other >= second.length || (one < first.length && (first[one] ?? 0) <= (second[other] ?? 0));
    both[at] = isFirst ? (first[one++] ?? 0) : (second[other++] ?? 0);
  }
  return both;
}
