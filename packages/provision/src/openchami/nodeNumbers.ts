import type { SmdInventory } from './smd.ts';

interface Named {
  readonly node: { readonly hostname: string };
  readonly xname: string;
}

/**
 * The number in a hostname of the form `nid001`, which Omnia uses as the node's number; undefined if the hostname has
 * another form.
 */
export function numberInName(hostname: string): number | undefined {
  const [, digits] = /^nid0{0,20}([1-9]\d{0,8})$/.exec(hostname) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/**
 * The number (NID) of each node: the one that SMD has; otherwise as Omnia numbers nodes (openchami.md section 5), by
 * hostname or by position in the mapping file. A number that another node has is not assigned again.
 */
export function numbersFor(nodes: readonly Named[], components: SmdInventory['components']): number[] {
  const own = nodes.map(({ xname, node }) => components.get(xname) ?? numberInName(node.hostname));
  const taken = new Set<number>([...components.values()].filter((number) => number !== undefined));
  const given = new Set<number>();
  let free = 0;
  const nextFree = (from: number): number => {
    if (!taken.has(from)) return from;
    free = Math.max(free, 1);
    while (taken.has(free)) free++;
    return free;
  };
  // Hostnames first: a position must not take the number in a hostname further down.
  const numbers = nodes.map(({ xname }, index): number | undefined => {
    const number = own[index];
    if (number === undefined) return undefined;
    if (components.get(xname) === number) return number;
    if (taken.has(number) || given.has(number)) return undefined;
    given.add(number);
    return number;
  });
  for (const number of given) taken.add(number);
  return numbers.map((number, index) => {
    const chosen = number ?? nextFree(index + 1);
    taken.add(chosen);
    return chosen;
  });
}
