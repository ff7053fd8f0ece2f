import { isAlias, isMap, isScalar, isSeq, parseDocument, visit, type Document, type Node, type YAMLMap } from 'yaml';
import type { Range } from '../text/position.ts';
import { LineIndex, withoutByteOrderMark } from '../text/lineIndex.ts';
import { yamlRefusal } from '../text/textLimits.ts';
import type { Located } from './problem.ts';

interface Source {
  readonly aliases: Aliases;
  readonly lines: LineIndex;
}

/** What the aliases of a document stand for. The library looks through the whole document for each one. */
class Aliases {
  readonly #document: Document.Parsed;
  #targets: Map<Node, Node | undefined> | undefined;

  constructor(document: Document.Parsed) {
    this.#document = document;
  }

  /** The last node before it that has the name. */
  targetOf(alias: Node): Node | undefined {
    this.#targets ??= this.#look();
    return this.#targets.get(alias);
  }

  #look(): Map<Node, Node | undefined> {
    const targets = new Map<Node, Node | undefined>();
    const named = new Map<string, Node>();
    visit(this.#document, (_key, node) => {
      if (isAlias(node)) targets.set(node, named.get(node.source));
      else if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined)
        named.set(node.anchor, node);
    });
    return targets;
  }
}

/** A value of a YAML file with its place. Looking into a value of another kind finds nothing. */
export class YamlValue {
  readonly range: Range;
  readonly #source: Source;
  readonly #node: Node | undefined;

  /** @param whereElse the place of a value that is not written, such as `key:` */
  constructor(node: unknown, source: Source, whereElse: Range) {
    this.#source = source;
    this.#node = resolve(node, source.aliases);
    const place = (node as Node | null | undefined)?.range;
    this.range = place && place[1] > place[0] ? source.lines.range(place[0], place[1]) : whereElse;
  }

  get isMap(): boolean {
    return isMap(this.#node);
  }

  /** Nothing, `null`, `~` or the empty string. */
  get isBlank(): boolean {
    if (this.#node === undefined) return true;
    return isScalar(this.#node) && (this.#node.value === null || this.text === undefined);
  }

  /** The value under a key; of doubled keys the last, as Python's YAML reader has it. */
  get(key: string): YamlValue | undefined {
    if (!isMap(this.#node)) return undefined;
    const pair = lastPair(this.#node, key) ?? this.#mergedPair(this.#node, key);
    if (pair === undefined) return undefined;
    const keyPlace = (pair.key as Node | null)?.range;
    return new YamlValue(
      pair.value,
      this.#source,
      keyPlace ? this.#source.lines.range(keyPlace[0], keyPlace[1]) : this.range,
    );
  }

  /** Keys of a mapping with their places, as written; empty when this is none. */
  keys(): Located<string>[] {
    if (!isMap(this.#node)) return [];
    return this.#node.items.flatMap(({ key }) => {
      const place = isScalar(key) ? key.range : undefined;
      if (!isScalar(key) || !place) return [];
      const name = typeof key.value === 'string' ? key.value : (key.source ?? '');
      return [{ value: name, range: this.#source.lines.range(place[0], place[1]) }];
    });
  }

  /** A scalar of this kind; undefined for any other value. */
  get boolean(): boolean | undefined {
    return isScalar(this.#node) && typeof this.#node.value === 'boolean' ? this.#node.value : undefined;
  }

  get isString(): boolean {
    return isScalar(this.#node) && typeof this.#node.value === 'string';
  }

  get isScalar(): boolean {
    return isScalar(this.#node);
  }

  /** The elements of a list; undefined when this is none. */
  items(): YamlValue[] | undefined {
    if (!isSeq(this.#node)) return undefined;
    return this.#node.items.map((item) => new YamlValue(item, this.#source, this.range));
  }

  /** A scalar as written, trimmed, quotes removed; undefined for blanks and for lists and mappings. */
  get text(): string | undefined {
    if (!isScalar(this.#node) || this.#node.value === null) return undefined;
    const { value, source } = this.#node;
    const text = typeof value === 'string' ? value.trim() : (source ?? '');
    return text === '' ? undefined : text;
  }

  #mergedPair(map: YAMLMap, key: string): ReturnType<typeof lastPair> {
    const merged = resolve(lastPair(map, '<<')?.value, this.#source.aliases);
    return isMap(merged) ? lastPair(merged, key) : undefined;
  }
}

function lastPair(map: YAMLMap, key: string): YAMLMap['items'][number] | undefined {
  return map.items.findLast(
    ({ key: name }) => isScalar(name) && (typeof name.value === 'string' ? name.value : name.source) === key,
  );
}

function resolve(node: unknown, aliases: Aliases): Node | undefined {
  if (isAlias(node)) return aliases.targetOf(node);
  return isMap(node) || isSeq(node) || isScalar(node) ? node : undefined;
}

export interface ParsedYaml {
  readonly root: YamlValue | undefined;
  /** The first thing that makes the text no YAML, in the words of the parser. */
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
    const options = { version: '1.1', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const;
    const document = parseDocument(content, options);
    const [error] = document.errors;
    if (error !== undefined) {
      return { root: undefined, fault: { value: error.message, range: lines.range(error.pos[0], error.pos[1]) } };
    }
    return {
      root: new YamlValue(document.contents, { aliases: new Aliases(document), lines }, start),
      fault: undefined,
    };
  } catch (error) {
    // The parser is recursive: thousands of nested brackets exhaust the stack.
    return { root: undefined, fault: { value: error instanceof Error ? error.message : String(error), range: start } };
  }
}
