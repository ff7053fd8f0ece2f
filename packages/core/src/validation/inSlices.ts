/** Few enough to be judged in a blink, many enough that breaks cost nothing. */
const sliceLength = 64;

/** Works on all items, with a break after every few, in which the caller may turn to something else. */
export function* inSlices<T>(items: Iterable<T>, work: (item: T) => void): Generator<void> {
  let done = 0;
  for (const item of items) {
    work(item);
    done++;
    if (done % sliceLength === 0) yield;
  }
}

/** Goes through all slices without a break. */
export function atOnce(slices: Iterator<void>): void {
  while (slices.next().done !== true);
}
