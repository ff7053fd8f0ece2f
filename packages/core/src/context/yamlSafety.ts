import { addAll } from '../text/lists.ts';
import { kindOfText, wholeNumber } from './yamlScalars.ts';
import { yamlTags, type Placed, type YamlList, type YamlNode, type YamlScalar } from './yamlTree.ts';

/** Something that is YAML, but nothing that PyYAML's safe loader, with which Omnia reads its files, makes a value of. */
export interface Refusal {
  /** In the words of PyYAML, or of Python where that ends with an error of its own. */
  readonly reason: string;
  /** Offset into the text. */
  readonly at: number;
}

/** The kind of node that each known tag demands. */
const tags: ReadonlyMap<string, YamlNode['kind']> = new Map([
  ...['null', 'bool', 'int', 'float', 'binary', 'timestamp', 'str'].map((name) => [name, 'scalar'] as const),
  ...['seq', 'omap', 'pairs'].map((name) => [name, 'list'] as const),
  ...['map', 'set'].map((name) => [name, 'mapping'] as const),
]);
/** Ansible, which reads some of the files, knows these too. */
const ansibleTags: ReadonlySet<string> = new Set(['!unsafe', '!vault', '!vault-encrypted']);
const pythonNames = { scalar: 'scalar', list: 'sequence', mapping: 'mapping' } as const;

/** The first thing that the safe loader refuses; undefined: none. Looks at each node once, also if aliases repeat it. */
export function refusedBySafeLoader(root: Placed | undefined): Refusal | undefined {
  const seen = new Set<YamlNode>();
  const waiting: Part[] = root === undefined ? [] : [{ placed: root, isKey: false }];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const { node, start } = part.placed;
    const reason = refusalOf(part);
    if (reason !== undefined) return { reason, at: start };
    if (seen.has(node)) continue;
    seen.add(node);
    addAll(waiting, partsOf(node).reverse());
  }
  return undefined;
}

interface Part {
  readonly placed: Placed;
  readonly isKey: boolean;
  /** The value of `<<`. */
  readonly isMerged?: boolean;
}

function partsOf(node: YamlNode): Part[] {
  switch (node.kind) {
    case 'scalar':
      return [];
    case 'list':
      return node.items.map((placed) => ({ placed, isKey: false }));
    case 'mapping':
      return node.pairs.flatMap(({ key, value }) => [
        { placed: key, isKey: true },
        { placed: value, isKey: false, isMerged: isMerge(key.node) },
      ]);
  }
}

/** A key that adds the pairs of other mappings. */
export function isMerge(key: YamlNode): boolean {
  return key.kind === 'scalar' && key.isPlain && key.text === '<<';
}

function refusalOf({ placed: { node }, isKey, isMerged = false }: Part): string | undefined {
  if (isKey && node.kind !== 'scalar') return 'found unhashable key';
  if (isMerged) return refusedMerge(node);
  return refusedTag(node) ?? (node.kind === 'scalar' ? refusedScalar(node, isKey) : undefined);
}

function refusedMerge(node: YamlNode): string | undefined {
  const others = node.kind === 'list' ? node.items.map((item) => item.node) : [node];
  const wrong = others.find(({ kind }) => kind !== 'mapping');
  return wrong && `expected a mapping for merging, but found ${pythonNames[wrong.kind]}`;
}

function refusedTag(node: YamlNode): string | undefined {
  const { tag, kind } = node;
  if (tag === undefined || ansibleTags.has(tag)) return undefined;
  const expected = tag.startsWith(yamlTags) ? tags.get(tag.slice(yamlTags.length)) : undefined;
  if (expected === undefined) return `could not determine a constructor for the tag '${tag}'`;
  if (expected !== kind) return `expected a ${pythonNames[expected]} node, but found ${pythonNames[kind]}`;
  return node.kind === 'list' && !tag.endsWith('seq') ? refusedPairs(node) : undefined;
}

/** The items of an ordered map or of a list of pairs are mappings of one pair each. */
function refusedPairs({ items }: YamlList): string | undefined {
  const wrong = items.find(({ node }) => node.kind !== 'mapping' || node.pairs.length !== 1);
  return wrong && `expected a mapping of length 1, but found ${pythonNames[wrong.node.kind]}`;
}

function refusedScalar({ text, tag, isPlain }: YamlScalar, isKey: boolean): string | undefined {
  const forced = tag?.slice(yamlTags.length) ?? '';
  const kind = kindOfText(text);
  if (forced === 'bool' && kind !== 'true' && kind !== 'false') return `KeyError: '${text.toLowerCase()}'`;
  if ((forced === 'int' || forced === 'float') && kind !== 'number') return `invalid literal: '${text}'`;
  if (forced === 'timestamp' && kind !== 'time') return `not a timestamp: '${text}'`;
  if (!isPlain) return undefined;
  if (!isKey && text === '=') return `could not determine a constructor for the tag '${yamlTags}value'`;
  if (!isKey && text === '<<') return `could not determine a constructor for the tag '${yamlTags}merge'`;
  if (kind === 'time') return refusedTime(text);
  const isEmptyNumber = /^[-+]?0[bx]_+$/.test(text);
  return isEmptyNumber ? `invalid literal for int(): '${text}'` : undefined;
}

/** A date or a time that looks like one and is none. */
function refusedTime(text: string): string | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text
    .split(/[^0-9]+/, 6)
    .map((part) => wholeNumber(part, true) ?? 0);
  if (year < 1) return 'year 0 is out of range';
  if (month < 1 || month > 12) return 'month must be in 1..12';
  // Day 0 of the next month is the last day of this one. The calendar repeats itself every 400 years.
  const days = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  if (day < 1 || day > days) return 'day is out of range for month';
  if (hour > 23) return 'hour must be in 0..23';
  if (minute > 59) return 'minute must be in 0..59';
  if (second > 59) return 'second must be in 0..59';
  const timeOfDay = text.includes(':') ? text.slice(text.indexOf(':')) : '';
  const [, zoneHours = '0', zoneMinutes = '0'] = /[-+](\d+)(?::(\d+))?$/.exec(timeOfDay) ?? [];
  const isDay = Number(zoneHours) * 60 + Number(zoneMinutes) >= 24 * 60;
  return isDay ? 'offset must be strictly between -24 and 24 hours' : undefined;
}
