import type { FactOf, NodeFact } from './nodeFacts.ts';

/** The one fact of a source that describes a node's past once. */
export function only<Source extends NodeFact['source']>(
  facts: readonly NodeFact[],
  source: Source,
): FactOf<Source> | undefined {
  return facts.find((fact): fact is FactOf<Source> => fact.source === source);
}

/**
 * The fact of a source that comes last in its own order; between two with the same place the texts decide, not the
 * arrival.
 */
export function latest<Source extends NodeFact['source']>(
  facts: readonly NodeFact[],
  source: Source,
  placeOf: (fact: FactOf<Source>) => number,
): FactOf<Source> | undefined {
  return facts
    .filter((fact): fact is FactOf<Source> => fact.source === source)
    .sort((one, other) => placeOf(other) - placeOf(one) || compare(JSON.stringify(one), JSON.stringify(other)))[0];
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
