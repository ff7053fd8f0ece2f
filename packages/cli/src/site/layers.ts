import { settle, type LayerValues } from '@omnia-buildstream/core/site/settle';
import type { SiteKeyName } from '@omnia-buildstream/core/site/siteKeys';
import { siteOptions, type OptionValue } from './siteOptions.ts';

/** Values of options by their names, as Node reads them. */
type OptionValues = Readonly<Record<string, OptionValue | undefined>>;

/** What buildstream.yml sets for the options of a command. */
export interface SiteLayer {
  readonly values: LayerValues;
  /** Called with each key that takes effect. */
  readonly onUsed?: (name: SiteKeyName) => void;
}

/**
 * The options of a command, with the values of buildstream.yml as defaults.
 *
 * @param known every option of the command
 * @param values with defaults
 * @param given those that the user typed
 * @returns the options to use instead
 */
export function optionsOver(
  { values: ofSite, onUsed }: SiteLayer,
  known: readonly string[],
  values: OptionValues,
  given: ReadonlySet<string>,
): OptionValues {
  const names = (name: SiteKeyName): readonly string[] => {
    const all = siteOptions[name]?.names ?? [];
    return all[0] !== undefined && known.includes(all[0]) ? all : [];
  };
  const site: LayerValues = (name) => {
    const value = names(name).length === 0 ? undefined : ofSite(name);
    return value === undefined ? undefined : siteOptions[name]?.give(value);
  };
  const options: LayerValues = (name) => {
    const typed = names(name).filter((option) => given.has(option));
    if (typed.length === 0) return undefined;
    const isOne = names(name).length === 1;
    return isOne ? values[typed[0] ?? ''] : Object.fromEntries(typed.map((option) => [option, values[option]]));
  };
  const result: Record<string, OptionValue | undefined> = {};
  for (const [name, { value, from }] of settle({ site, options })) {
    if (names(name).length === 0) continue;
    if (from.includes('site')) onUsed?.(name);
    // Without a value from buildstream.yml everything stays as it was typed, or as its default is.
    if (!from.includes('site')) continue;
    const [only, another] = names(name);
    if (only !== undefined && another === undefined) result[only] = value as OptionValue;
    else Object.assign(result, value);
  }
  return result;
}

/** The same layer with one key alone. */
export function onlyKey(layer: SiteLayer, name: SiteKeyName): SiteLayer {
  return { values: (other) => (other === name ? layer.values(name) : undefined) };
}

/** The same layer with only those limits that a command knows. */
export function withLimits(values: LayerValues, limits: readonly string[]): LayerValues {
  return (name) => {
    const value = values(name);
    if (name !== 'limits' || value === undefined) return value;
    const known = Object.entries(value as Readonly<Record<string, unknown>>).filter(([limit]) =>
      limits.includes(limit),
    );
    return known.length === 0 ? undefined : Object.fromEntries(known);
  };
}
