/** A node as its manager knows it. */
interface Named {
  readonly name: string;
  /** May be another name. */
  readonly hostname: string;
}

/** Which nodes of a manager a hostname may mean; if more than one, it is unknown. Short and full names are compared. */
export function findNode<T extends Named>(nodes: readonly T[]): (hostname: string) => readonly T[] {
  const byName = new Map<string, T[]>();
  const add = (name: string, node: T): void => {
    const same = byName.get(name) ?? [];
    if (!same.includes(node)) byName.set(name, [...same, node]);
  };
  for (const node of nodes) {
    for (const name of [node.name, node.hostname]) {
      add(`=${name}`, node);
      add(shortOf(name), node);
    }
  }
  return (hostname) => {
    const exact = byName.get(`=${hostname}`) ?? [];
    return exact.length === 1 ? exact : (byName.get(shortOf(hostname)) ?? []);
  };
}

function shortOf(name: string): string {
  return (name.split('.')[0] ?? '').toLowerCase();
}
