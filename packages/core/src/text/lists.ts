/**
 * Lists of any length, which somebody else may have made long: `Math.max(...list)` and `push(...list)` hand each entry over
 * as an argument, and beyond some hundred thousand of them the stack is full.
 */

/** The greatest of some numbers, and at least `least`. */
export function greatest(numbers: Iterable<number>, least: number): number {
  let found = least;
  for (const one of numbers) if (one > found) found = one;
  return found;
}

/** The smallest of some numbers; infinite when there are none. */
export function smallest(numbers: Iterable<number>): number {
  let found = Number.POSITIVE_INFINITY;
  for (const one of numbers) if (one < found) found = one;
  return found;
}

/** At most this many items of a list, from its beginning on in even steps, in their order. */
export function spread<T>(list: readonly T[], most: number): T[] {
  if (list.length <= most) return [...list];
  return Array.from({ length: most }, (_, step) => list[Math.floor((step * list.length) / most)] as T);
}

export function addAll<T>(list: T[], more: Iterable<T>): void {
  for (const one of more) list.push(one);
}
