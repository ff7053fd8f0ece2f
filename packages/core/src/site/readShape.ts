import type { YamlValue } from '../context/yamlValue.ts';
import type { Template } from '../text/message.ts';
import { nearest } from '../text/nearest.ts';
import type { Said } from '../text/phrase.ts';
import type { Range } from '../text/position.ts';
import type { ScalarShape, SiteKey, SiteShape, SiteValue } from './shapes.ts';
import { expectedTexts, siteProblemTexts as texts } from './siteTexts.ts';
import { placeholders } from '../stage/imagePlaceholders.ts';

interface Problem {
  readonly message: Template;
  readonly params: Readonly<Record<string, Said | number>>;
  readonly range: Range;
}

/** What stands behind a key, or what is wrong with it. */
export type ReadValue = { readonly value: SiteValue } | { readonly problems: readonly [Problem, ...Problem[]] };

/** Reads the value of a key by its shape. */
export function readShape(name: string, { shape, expected }: SiteKey, value: YamlValue): ReadValue {
  const refuse = (range: Range, what = expectedOf(shape, expected)): ReadValue => ({
    problems: [{ message: texts.expected, params: { key: name, expected: what }, range }],
  });
  switch (shape.kind) {
    case 'flag':
      return value.boolean === undefined ? refuse(value.range) : { value: value.boolean };
    case 'list': {
      const items = value.items();
      if (items === undefined) return refuse(value.range, phraseOf(expectedTexts.list));
      const bad = items.find(({ text }) => text === undefined || shape.isValid?.(text) === false);
      return bad === undefined ? { value: items.map(({ text }) => text ?? '') } : refuse(bad.range);
    }
    case 'map':
      return readMap(name, shape, expected, value);
    default: {
      const read = readScalar(shape, value);
      return read === undefined ? refuse(value.range) : { value: read };
    }
  }
}

function readMap(
  name: string,
  shape: Extract<SiteShape, { readonly kind: 'map' }>,
  expected: Template,
  value: YamlValue,
): ReadValue {
  if (!value.isMap) {
    const params = { key: name, expected: phraseOf(expectedTexts.map, { names: listed(shape.names) }) };
    return { problems: [{ message: texts.expected, params, range: value.range }] };
  }
  const problems: Problem[] = [];
  const read: Record<string, string | number> = {};
  for (const { value: key, range } of value.writtenKeys()) {
    const full = `${name}.${key}`;
    const inner = value.get(key);
    const known = shape.names.includes(key);
    const one = inner === undefined || !known ? undefined : readScalar(shape.of, inner);
    if (!known) problems.push({ ...unknownName(full, name, key, shape.names), range });
    else if (one === undefined) {
      const params = { key: full, expected: expectedOf(shape.of, expected) };
      problems.push({ message: texts.expected, params, range: inner?.range ?? range });
    } else read[key] = one;
  }
  const missing = (shape.required ?? []).filter((key) => read[key] === undefined);
  if (problems.length === 0 && missing.length > 0) {
    problems.push({
      message: texts.required,
      params: { key: name, names: missing.join(', ') },
      range: value.writtenKeys()[0]?.range ?? value.range,
    });
  }
  const [first, ...others] = problems;
  return first === undefined ? { value: read } : { problems: [first, ...others] };
}

function readScalar(shape: ScalarShape, value: YamlValue): string | number | undefined {
  const { text } = value;
  if (text === undefined) return undefined;
  switch (shape.kind) {
    case 'text':
      return shape.isValid?.(text) === false ? undefined : text;
    case 'choice':
      return shape.choices.includes(text) ? text : undefined;
    case 'whole': {
      const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
      return number >= shape.from && number <= shape.to ? number : undefined;
    }
    case 'seconds': {
      const number = /^\d{1,9}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0;
      return number > 0 ? number : undefined;
    }
  }
}

function unknownName(full: string, name: string, key: string, names: readonly string[]) {
  const [near] = nearest(key, names, 1);
  if (near === undefined) return { message: texts.unknownKey, params: { key: full } };
  return { message: texts.unknownNear, params: { key: full, near: `${name}.${near}` } };
}

/** What a shape takes, with its numbers and names. */
export function expectedOf(shape: SiteShape, expected: Template): Said {
  const inner = shape.kind === 'map' ? shape.of : shape;
  if (inner.kind === 'choice') return phraseOf(expected, { choices: inner.choices.join(', ') });
  if (inner.kind === 'whole') return phraseOf(expected, { from: inner.from, to: inner.to });
  return phraseOf(expected, { names: placeholders.map((one) => `{${one}}`).join(', ') });
}

function phraseOf(message: Template, params: Readonly<Record<string, string | number>> = {}): Said {
  return { message, params };
}

/** Rules are many; nobody reads all of them in a message. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 12).join(', ');
  return names.length > 12 ? `${shown}, \u2026` : shown;
}
