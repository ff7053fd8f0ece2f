import { LineIndex, withoutByteOrderMark } from '../text/lineIndex.ts';
import type { Range } from '../text/position.ts';
import { yamlRefusal } from '../text/textLimits.ts';
import type { Located } from './problem.ts';
import { isMerge, refusedBySafeLoader } from './yamlSafety.ts';
import { kindOfText, wholeNumber } from './yamlScalars.ts';
import { readYamlTree, YamlError, type Placed, type Span, type YamlMapping, type YamlNode } from './yamlTree.ts';

/** Where a value would be. */
interface Nothing extends Span {
  readonly node: undefined;
}

/** A value of a YAML file with its place. Looking into a value of another kind finds nothing. */
export class YamlValue {
  readonly range: Range;
  readonly #lines: LineIndex;
  /** Undefined: the text has no document. */
  readonly #node: YamlNode | undefined;

  /** @param whereElse the place of a value that is not written, such as `key:` */
  constructor({ node, start, end }: Placed | Nothing, lines: LineIndex, whereElse: Range) {
    this.#lines = lines;
    this.#node = node;
    this.range = end > start ? lines.range(start, end) : whereElse;
  }

  get isMap(): boolean {
    return this.#node?.kind === 'mapping';
  }

  /** Nothing, `null`, `~` or the empty string. */
  get isBlank(): boolean {
    return this.#node === undefined || (this.isScalar && this.text === undefined);
  }

  /** The value under a key; of doubled keys the last, as Python's YAML reader has it. */
  get(key: string): YamlValue | undefined {
    if (this.#node?.kind !== 'mapping') return undefined;
    const pair = pairsOf(this.#node).get(key);
    return pair && new YamlValue(pair.value, this.#lines, this.#lines.range(pair.key.start, pair.key.end));
  }

  /** Keys of a mapping with their places, as written: doubled ones too, and nothing that is merged. */
  writtenKeys(): Located<string>[] {
    if (this.#node?.kind !== 'mapping') return [];
    return this.#node.pairs.flatMap(({ key: { node, start, end } }) =>
      node.kind === 'scalar' && end > start ? [{ value: node.text, range: this.#lines.range(start, end) }] : [],
    );
  }

  /** Keys of a mapping with their places, as Python has them. Empty if this is not a mapping. */
  keys(): Located<string>[] {
    if (this.#node?.kind !== 'mapping') return [];
    return [...pairsOf(this.#node)].flatMap(([value, { key }]) =>
      key.end > key.start ? [{ value, range: this.#lines.range(key.start, key.end) }] : [],
    );
  }

  /** A scalar of this kind; undefined for any other value. */
  get boolean(): boolean | undefined {
    const kind = kindOf(this.#node);
    return kind === 'true' || kind === 'false' ? kind === 'true' : undefined;
  }

  get isString(): boolean {
    return kindOf(this.#node) === 'string';
  }

  /** A whole number of 0 or more, as Python reads it. */
  get whole(): number | undefined {
    return this.text === undefined ? undefined : wholeNumber(this.text, this.isString);
  }

  get isScalar(): boolean {
    return this.#node?.kind === 'scalar';
  }

  /** The elements of a list; undefined when this is not a list. */
  items(): YamlValue[] | undefined {
    if (this.#node?.kind !== 'list') return undefined;
    return this.#node.items.map((item) => new YamlValue(item, this.#lines, this.range));
  }

  /** A scalar as written, trimmed, quotes removed; undefined for blanks and for lists and mappings. */
  get text(): string | undefined {
    if (this.#node?.kind !== 'scalar' || kindOf(this.#node) === 'null') return undefined;
    const text = this.#node.text.trim();
    return text === '' ? undefined : text;
  }
}

function kindOf(node: YamlNode | undefined): ReturnType<typeof kindOfText> | undefined {
  if (node?.kind !== 'scalar') return undefined;
  return node.isPlain ? kindOfText(node.text) : 'string';
}

type Pair = YamlMapping['pairs'][number];

const known = new WeakMap<YamlMapping, ReadonlyMap<string, Pair>>();

/**
 * The pairs of a mapping as Python's YAML reader has them: of doubled keys the last one, and for keys that it lacks those
 * of the mappings that `<<` names, of a list the first that has one. A mapping that merges itself adds nothing.
 */
function pairsOf(mapping: YamlMapping): ReadonlyMap<string, Pair> {
  const before = known.get(mapping);
  if (before !== undefined) return before;
  const pairs = new Map<string, Pair>();
  known.set(mapping, pairs);
  for (const pair of mapping.pairs) {
    const { node } = pair.key;
    if (node.kind === 'scalar' && !isMerge(node)) pairs.set(node.text, pair);
  }
  for (const { key, value } of mapping.pairs.toReversed()) {
    if (!isMerge(key.node)) continue;
    const merged = value.node.kind === 'list' ? value.node.items.map(({ node }) => node) : [value.node];
    for (const node of merged) {
      if (node.kind !== 'mapping') continue;
      for (const [name, pair] of pairsOf(node)) if (!pairs.has(name)) pairs.set(name, pair);
    }
  }
  return pairs;
}

export interface ParsedYaml {
  readonly root: YamlValue | undefined;
  /** The first thing that Python's YAML reader refuses, in the words of the parser or of PyYAML. */
  readonly fault: Located<string> | undefined;
}

/** Reads a text as YAML 1.1, which Omnia's reader implements (there `yes` is true). Never throws. */
export function parseYaml(text: string): ParsedYaml {
  const content = withoutByteOrderMark(text);
  const lines = new LineIndex(content);
  const start = lines.range(0, 0);
  const refusal = yamlRefusal(content);
  if (refusal !== undefined) return { root: undefined, fault: { value: refusal, range: start } };
  try {
    const root = readYamlTree(content);
    const refused = refusedBySafeLoader(root);
    if (refused !== undefined) throw new YamlError(refused.reason, refused.at);
    return { root: new YamlValue(root ?? { node: undefined, start: 0, end: 0 }, lines, start), fault: undefined };
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const range = lines.range(error.at, Math.min(error.at + 1, content.length));
    return { root: undefined, fault: { value: error.message, range } };
  }
}
