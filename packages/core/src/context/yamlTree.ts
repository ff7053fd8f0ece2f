import { deepest } from '../text/textLimits.ts';
import {
  EVENT_ID,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
  type AliasEvent,
  type Event,
  type MappingEvent,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';

/** Offsets into the text; both are the same for a value that is not written, such as that of `key:`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface Tagged extends Span {
  /** In full, such as `tag:yaml.org,2002:int`; undefined where none is written. */
  readonly tag: string | undefined;
}

export interface YamlScalar extends Tagged {
  readonly kind: 'scalar';
  readonly text: string;
  /** Written without quotes, or with a tag of a kind, so that its kind follows from how it looks. */
  readonly isPlain: boolean;
}

export interface YamlList extends Tagged {
  readonly kind: 'list';
  readonly items: readonly Placed[];
}

export interface YamlMapping extends Tagged {
  readonly kind: 'mapping';
  readonly pairs: readonly { readonly key: Placed; readonly value: Placed }[];
}

export type YamlNode = YamlScalar | YamlList | YamlMapping;

/** A node where it is written; an alias is the node that it stands for, at its own place. */
export interface Placed extends Span {
  readonly node: YamlNode;
}

/** The text is not YAML: in the words of the parser, or of PyYAML where only that refuses it. */
export class YamlError extends Error {
  /** Offset into the text. */
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

type Anchored = Pick<ScalarEvent, 'anchorStart' | 'anchorEnd'>;

/** What `!!` stands for. */
export const yamlTags = 'tag:yaml.org,2002:';
/** How the parser says that there is no such place. */
const absent = -1;
/** With these tags too a text is what it looks like. */
const ofLooks: ReadonlySet<string> = new Set(['bool', 'float', 'int', 'null'].map((name) => `${yamlTags}${name}`));
const afterLastPart = /(?:[\s,]|#[^\n]*\n)*/y;

/** The only document of a text; undefined: it has none. @throws YamlError */
export function readYamlTree(text: string): Placed | undefined {
  return new Reader(text, eventsOf(text)).document();
}

function eventsOf(text: string): readonly Event[] {
  try {
    return parseEvents(text, { maxDepth: deepest });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw new YamlError(error.reason, error.mark?.position ?? 0);
  }
}

/** Follows the events of the parser, which come in the order of the text. */
class Reader {
  readonly #text: string;
  readonly #events: readonly Event[];
  readonly #anchors = new Map<string, YamlNode>();
  /** What the beginnings of tags stand for. */
  readonly #handles = new Map([
    ['!', '!'],
    ['!!', yamlTags],
  ]);
  #at = 0;
  /** Where the last value that was read ends. */
  #end = 0;

  constructor(text: string, events: readonly Event[]) {
    this.#text = text;
    this.#events = events;
  }

  document(): Placed | undefined {
    const first = this.#next();
    if (first?.type !== EVENT_ID.DOCUMENT) return undefined;
    for (const one of first.directives) if (one.kind === 'tag') this.#handles.set(one.handle, one.prefix);
    const root = this.#value();
    this.#at += root === undefined ? 0 : 1;
    if (this.#events[this.#at] !== undefined) {
      throw new YamlError('expected a single document in the stream', this.#end);
    }
    return root;
  }

  #next(): Event | undefined {
    return this.#events[this.#at++];
  }

  /** Undefined at the end of what is being read. */
  #value(): Placed | undefined {
    const event = this.#next();
    switch (event?.type) {
      case EVENT_ID.SCALAR:
        return this.#placed(this.#scalar(event));
      case EVENT_ID.SEQUENCE: {
        const items: Placed[] = [];
        const list = this.#named(event, { kind: 'list', items, ...this.#opened(event) });
        for (let item = this.#value(); item !== undefined; item = this.#value()) items.push(item);
        return this.#placed(this.#closed(list));
      }
      case EVENT_ID.MAPPING: {
        const pairs: { key: Placed; value: Placed }[] = [];
        const mapping = this.#named(event, { kind: 'mapping', pairs, ...this.#opened(event) });
        for (let key = this.#value(); key !== undefined; key = this.#value()) {
          const value = this.#value();
          if (value !== undefined) pairs.push({ key, value });
        }
        return this.#placed(this.#closed(mapping));
      }
      case EVENT_ID.ALIAS:
        return this.#alias(event);
      default:
        return undefined;
    }
  }

  /** The end follows when it is reached. */
  #opened(event: SequenceEvent | MappingEvent): Tagged {
    return { tag: this.#tag(event), start: event.start, end: event.start };
  }

  #alias({ anchorStart, anchorEnd }: AliasEvent): Placed {
    const name = this.#text.slice(anchorStart, anchorEnd);
    const node = this.#anchors.get(name);
    const start = anchorStart - 1;
    if (node === undefined) throw new YamlError(`found undefined alias '${name}'`, start);
    this.#end = anchorEnd;
    return { node, start, end: anchorEnd };
  }

  #scalar(event: ScalarEvent): YamlScalar {
    const { valueStart, valueEnd, style, anchorStart } = event;
    const isQuoted = style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
    const isWritten = valueStart !== absent;
    const tag = this.#tag(event);
    return this.#named(event, {
      kind: 'scalar',
      text: getScalarValue(this.#text, event),
      tag,
      isPlain: tag === undefined ? style === SCALAR_STYLE.PLAIN : ofLooks.has(tag),
      start: isWritten ? valueStart - (isQuoted ? 1 : 0) : Math.max(this.#end, anchorStart),
      end: isWritten ? valueEnd + (isQuoted ? 1 : 0) : Math.max(this.#end, anchorStart),
    });
  }

  /** A lone `!` says nothing that the looks do not say. */
  #tag({ tagStart, tagEnd }: Pick<ScalarEvent, 'tagStart' | 'tagEnd'>): string | undefined {
    const written = tagStart === absent ? '!' : this.#text.slice(tagStart, tagEnd);
    if (written === '!') return undefined;
    if (written.startsWith('!<')) return written.slice(2, -1);
    const handle = /^!(?:[\w-]*!)?/.exec(written)?.[0] ?? '';
    const prefix = this.#handles.get(handle);
    return prefix === undefined ? written : `${prefix}${written.slice(handle.length)}`;
  }

  /** Known by its anchor before its parts are read: an alias inside of it may stand for it. */
  #named<T extends YamlNode>({ anchorStart, anchorEnd }: Anchored, node: T): T {
    if (anchorStart !== absent) this.#anchors.set(this.#text.slice(anchorStart, anchorEnd), node);
    return node;
  }

  /** With its end, which the parser does not tell: a bracket, or the end of its last part. */
  #closed<T extends YamlList | YamlMapping>(node: T): T {
    const isFlow = '[{'.includes(this.#text.charAt(node.start));
    afterLastPart.lastIndex = Math.max(this.#end, isFlow ? node.start + 1 : node.start);
    const end = isFlow ? afterLastPart.lastIndex + (afterLastPart.exec(this.#text)?.[0].length ?? 0) + 1 : this.#end;
    return Object.assign(node, { end: Math.max(node.start, end) });
  }

  #placed(node: YamlNode): Placed {
    this.#end = Math.max(this.#end, node.end);
    return { node, start: node.start, end: node.end };
  }
}
