import type { ScalarShape, SiteShape } from '../../site/shapes.ts';
import { siteKey, siteKeyNames, type SiteKeyName } from '../../site/siteKeys.ts';
import type { Say } from '../../text/message.ts';
import type { Position, Range } from '../../text/position.ts';
import { siteSpotAt } from './siteSpot.ts';

/** Something that may stand in a buildstream.yml. */
export interface SiteSuggestion {
  readonly kind: 'key' | 'value';
  readonly label: string;
  readonly detail: string;
  readonly newText: string;
}

export interface SiteSuggestions {
  /** What they replace. */
  readonly range: Range;
  readonly items: readonly SiteSuggestion[];
}

/** The keys that are not there yet, or the values that a key takes. */
export function completeSite(text: string, position: Position, say: Say): SiteSuggestions | undefined {
  const spot = siteSpotAt(text, position);
  if (spot === undefined) return undefined;
  const { at, range, word, parent, isInside } = spot;
  if (at === 'key') {
    const items = parent === undefined ? keys(text, word, say) : names(parent);
    return { range, items };
  }
  if (parent === undefined) return undefined;
  const { shape, example, about } = siteKey(parent);
  const inner = isInside ? innerOf(shape) : shape;
  const values = inner === undefined ? [] : valuesOf(inner);
  const items = values.length > 0 || isInside ? values : [example];
  return { range, items: items.map((value) => ({ kind: 'value', label: value, detail: say(about), newText: value })) };
}

function keys(text: string, word: string, say: Say): SiteSuggestion[] {
  // Half a key makes the text invalid YAML, so what is there is read from the lines.
  const written = new Set([...text.matchAll(/^(\w+):/gm)].map(([, key]) => key));
  return siteKeyNames
    .filter((name) => name === word || !written.has(name))
    .map((name) => {
      const { about, shape } = siteKey(name);
      const newText = shape.kind === 'map' ? `${name}:\n  ` : `${name}: `;
      return { kind: 'key', label: name, detail: say(about), newText };
    });
}

function names(parent: SiteKeyName): SiteSuggestion[] {
  const { shape } = siteKey(parent);
  if (shape.kind !== 'map') return [];
  return shape.names.map((name) => ({ kind: 'key', label: name, detail: parent, newText: `${name}: ` }));
}

function innerOf(shape: SiteShape): ScalarShape | undefined {
  return shape.kind === 'map' ? shape.of : undefined;
}

function valuesOf(shape: SiteShape): readonly string[] {
  if (shape.kind === 'choice') return shape.choices;
  return shape.kind === 'flag' ? ['true', 'false'] : [];
}
