import { siteKey, siteKeyNames, siteAlternatives, type SiteKeyName } from './siteKeys.ts';

/** Who may give a value, the weakest first: buildstream.yml, the settings of the editor, the options of a command. */
const layers = ['site', 'settings', 'options'] as const;
export type SiteLayer = (typeof layers)[number];

/** Values of one layer by their keys, all in one shape; undefined: not given. */
export type LayerValues = (name: SiteKeyName) => unknown;

/** A value, and who gave it or a part of it, the weakest first; nobody: the default counts. */
export interface Settled {
  readonly value: unknown;
  readonly from: readonly SiteLayer[];
}

/**
 * The resulting values of all layers: each layer replaces the weaker ones, or adds to them where the key says so. This
 * is the only place that decides it, for the editor, the language server and the command line.
 */
export function settle(given: Readonly<Partial<Record<SiteLayer, LayerValues>>>): ReadonlyMap<SiteKeyName, Settled> {
  return new Map(siteKeyNames.map((name) => [name, settleOne(name, given)]));
}

function settleOne(name: SiteKeyName, given: Readonly<Partial<Record<SiteLayer, LayerValues>>>): Settled {
  let settled: Settled = { value: undefined, from: [] };
  const others = siteAlternatives.flatMap((pair) => (pair.includes(name) ? pair.filter((one) => one !== name) : []));
  for (const layer of layers) {
    const values = given[layer];
    const value = values?.(name);
    if (value !== undefined) {
      settled =
        siteKey(name).merge === 'add' && settled.value !== undefined
          ? { value: added(settled.value, value), from: [...settled.from, layer] }
          : { value, from: [layer] };
    } else if (others.some((other) => values?.(other) !== undefined)) {
      settled = { value: undefined, from: [] };
    }
  }
  return settled;
}

/** Lists one after the other; of names with values the stronger ones count. */
function added(weaker: unknown, stronger: unknown): unknown {
  if (Array.isArray(weaker) && Array.isArray(stronger)) return [...(weaker as unknown[]), ...(stronger as unknown[])];
  if (isNames(weaker) && isNames(stronger)) return { ...weaker, ...stronger };
  return stronger;
}

function isNames(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
