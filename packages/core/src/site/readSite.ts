import { parseYaml, type YamlValue } from '../context/yamlValue.ts';
import { addAll } from '../text/lists.ts';
import type { Params, Template } from '../text/message.ts';
import type { Said } from '../text/phrase.ts';
import { nearest } from '../text/nearest.ts';
import type { Range } from '../text/position.ts';
import { readShape } from './readShape.ts';
import type { SiteValue } from './shapes.ts';
import { isSiteKey, neverInSite, siteAlternatives, siteKey, siteKeyNames, type SiteKeyName } from './siteKeys.ts';
import { siteProblemTexts as texts } from './siteTexts.ts';

/** Something wrong in a buildstream.yml; the range is in the text without its byte order mark. */
export interface SiteProblem {
  readonly message: Template;
  readonly params: Readonly<Record<string, Said | number>>;
  readonly range: Range;
}

/** A value with the place of its key. */
export interface SiteEntry {
  readonly value: SiteValue;
  readonly range: Range;
}

/** What a buildstream.yml says. */
export interface SiteFile {
  /** The values that can be used, in the order of the file. */
  readonly entries: ReadonlyMap<SiteKeyName, SiteEntry>;
  readonly problems: readonly SiteProblem[];
}

/** Reads a buildstream.yml. Never throws; an empty file sets nothing. */
export function readSite(text: string): SiteFile {
  const { root, fault } = parseYaml(text);
  const entries = new Map<SiteKeyName, SiteEntry>();
  if (fault !== undefined) {
    return { entries, problems: [{ message: texts.notYaml, params: { reason: fault.value }, range: fault.range }] };
  }
  if (root === undefined || root.isBlank) return { entries, problems: [] };
  if (!root.isMap) return { entries, problems: [{ message: texts.notKeys, params: {}, range: root.range }] };
  return readKeys(root, entries);
}

function readKeys(root: YamlValue, entries: Map<SiteKeyName, SiteEntry>): SiteFile {
  const problems: SiteProblem[] = [];
  const seen = new Map<string, Range>();
  for (const { value: name, range } of root.writtenKeys()) {
    const before = seen.get(name);
    seen.set(name, range);
    if (before !== undefined) {
      problems.push({ message: texts.twice, params: { key: name, line: before.start.line + 1 }, range });
    } else if (isSiteKey(name)) {
      const value = root.get(name);
      if (value === undefined || value.isBlank) continue;
      const read = readShape(name, siteKey(name), value);
      if ('problems' in read) addAll(problems, read.problems);
      else entries.set(name, { value: read.value, range });
    } else {
      problems.push({ ...unknown(name), range });
    }
  }
  for (const [one, other] of siteAlternatives) {
    const [, second] = [entries.get(one), entries.get(other)];
    if (!entries.has(one) || second === undefined) continue;
    entries.delete(other);
    problems.push({ message: texts.together, params: { key: other, other: one }, range: second.range });
  }
  return { entries, problems };
}

function unknown(key: string): { readonly message: Template; readonly params: Params } {
  if (neverInSite.includes(key)) return { message: texts.neverHere, params: { key } };
  const [near] = nearest(key, siteKeyNames, 1);
  if (near !== undefined) return { message: texts.unknownNear, params: { key, near } };
  return { message: texts.unknownKey, params: { key } };
}
