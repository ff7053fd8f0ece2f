import type { Position, Range } from '../../text/position.ts';
import { isSiteKey, siteKey, type SiteKeyName } from '../../site/siteKeys.ts';
import type { SiteKey } from '../../site/shapes.ts';

/** A place in a buildstream.yml: at a key, or after its colon. Lists and maps in brackets are not looked into. */
export interface SiteSpot {
  readonly at: 'key' | 'value';
  /** What is written there up to the next blank, colon or end. */
  readonly range: Range;
  /** What is written there. */
  readonly word: string;
  /** The key of the file that it belongs to; undefined at the keys themselves, and after unknown ones. */
  readonly parent: SiteKeyName | undefined;
  /** In the map behind {@link parent}. */
  readonly isInside: boolean;
  /** The key of this line. */
  readonly key: string;
}

const lineEnd = /\r\n|\r|\n/;

/** What is at a position; undefined in comments, and where the line is anything but a key with a value. */
export function siteSpotAt(text: string, { line, character }: Position): SiteSpot | undefined {
  const lines = text.split(lineEnd);
  const here = lines[line] ?? '';
  if (/^\s*[#-]/.test(here)) return undefined;
  const indent = here.length - here.trimStart().length;
  const colon = here.indexOf(':');
  const owner = indent === 0 ? undefined : ownerOf(lines, line);
  if (indent > 0 && owner === undefined && here.trim() !== '') return undefined;
  const key = (colon < 0 ? here : here.slice(0, colon)).trim();
  if (colon < 0 || character <= colon) {
    const end = colon < 0 ? here.trimEnd().length : colon;
    const start = Math.min(indent, character);
    return spot(
      'key',
      { line, from: start, to: Math.max(start, end, colon < 0 ? Math.min(character, here.length) : 0), here },
      owner,
      key,
    );
  }
  const after = here.slice(colon + 1);
  const from = colon + 1 + (after.length - after.trimStart().length);
  const parent = owner ?? (isSiteKey(key) ? key : undefined);
  const to = Math.max(Math.min(from, character), here.split(' #', 1)[0]?.trimEnd().length ?? 0);
  return spot('value', { line, from: Math.min(from, character), to, here }, parent, key, owner !== undefined);
}

function spot(
  at: SiteSpot['at'],
  {
    line,
    from,
    to,
    here,
  }: { readonly line: number; readonly from: number; readonly to: number; readonly here: string },
  parent: SiteKeyName | undefined,
  key: string,
  isInside = parent !== undefined,
): SiteSpot {
  const range = { start: { line, character: from }, end: { line, character: to } };
  return { at, range, word: here.slice(from, to), parent, isInside, key };
}

/** The map whose names are indented here. */
function ownerOf(lines: readonly string[], line: number): SiteKeyName | undefined {
  for (let at = line - 1; at >= 0; at--) {
    const above = lines[at] ?? '';
    if (above.trim() === '' || /^\s/.test(above) || above.startsWith('#')) continue;
    const name = above.slice(0, Math.max(0, above.indexOf(':')));
    return isSiteKey(name) && shapeOf(name).kind === 'map' ? name : undefined;
  }
  return undefined;
}

function shapeOf(name: SiteKeyName): SiteKey['shape'] {
  return siteKey(name).shape;
}
