/** A place in a text that is a secret, from `from` to before `to`; the words that reveal it begin at `start`. */
export interface Hit {
  readonly start: number;
  readonly from: number;
  readonly to: number;
}

/** A value is at most as long as a header. */
export const longestValueUnits = 16_384;
/** What precedes and follows a value, all together. */
const longestAroundUnits = 512;
/** No hit by words is longer. */
export const longestHitUnits = longestValueUnits + longestAroundUnits;

/** Secrets that nobody registered: recognized by the words before them, or by how they begin. None spans a line end. */
interface Kind {
  /** What indicates that one begins. */
  readonly words: RegExp;
  /** The words are part of it, as of a token that begins with its kind. */
  readonly isWithWords?: boolean;
  /** What stays visible after the words, at most this many units: a scheme, which may be absent, or a name. */
  readonly between?: { readonly text: RegExp; readonly most: number; readonly isNeeded: boolean };
  /** Its characters, at most this many units. */
  readonly value: RegExp;
  readonly least: number;
  readonly most: number;
  /** What has to follow it. */
  readonly end?: string;
}

const most = longestValueUnits;
const scheme = { text: /[a-z]{1,20}[^\S\n]{1,4}/iy, most: 24, isNeeded: false };
const name = { text: /[^\s:/@]*:/y, most: 129, isNeeded: true };

// Words, name and value apart from each other, so that a tool proves that each takes time linear in the text. `{0,}` instead
// of a star before the slash: the command line travels in a comment (scripts/bundle/pack.mjs), which that would end.
const kinds: readonly Kind[] = [
  {
    words:
      /(?:client_?secret|password|passwd|access_?token|refresh_?token|private[-_]token|x-auth-token)["']?[^\S\n]{0,4}[:=][^\S\n]{0,4}["']?/gi,
    value: /[^\s"'&,;<>{}]{0,}/y,
    least: 4,
    most,
  },
  {
    words: /authorization["']?[^\S\n]{0,4}[:=][^\S\n]{0,4}["']?/gi,
    between: scheme,
    value: /[^\s"',;<>]{0,}/y,
    least: 4,
    most,
  },
  { words: /\b(?:bearer|basic)[^\S\n]{1,4}/gi, value: /[\w.~+/=-]{0,}/y, least: 8, most },
  {
    words: /\bgl(?:pat|ptt|dt|rt|cbt|ft|soat|agent|imt)-/g,
    isWithWords: true,
    value: /[\w.-]{0,}/y,
    least: 8,
    most,
  },
  { words: /\bbld_s_/g, isWithWords: true, value: /[\w.-]{0,}/y, least: 4, most },
  { words: /\b\w{1,20}:\/\//g, between: name, value: /[^\s@/]{0,}/y, least: 1, most: 256, end: '@' },
];

/** What a value is written behind: `key=`, the string of a JSON property, a word that announces a secret. */
const beforeValue = /=["']?|:[^\S\n]{0,4}"|(?:secret|password|passwd|token)["']?[^\S\n]{0,4}[:=][^\S\n]{0,4}["']?/gi;
const behindValue = /[\s"'&,;<>{}]/;

/** Secrets that are recognized by the words around them, from a place on. */
export function hitsByWords(text: string, at: number): Hit[] {
  return kinds.flatMap((kind) => {
    const hits: Hit[] = [];
    // The expression is applied at its place; `\b` sees what is before that.
    kind.words.lastIndex = at;
    for (let words = kind.words.exec(text); words !== null; words = kind.words.exec(text)) {
      const start = words.index;
      const value = valueBehind(kind, text, kind.words.lastIndex);
      if (value !== undefined) hits.push({ start, from: kind.isWithWords === true ? start : value.from, to: value.to });
      kind.words.lastIndex = value?.to ?? start + 1;
    }
    return hits;
  });
}

function valueBehind(kind: Kind, text: string, behindWords: number): Pick<Hit, 'from' | 'to'> | undefined {
  const { between, value, least, end = '' } = kind;
  const length = between === undefined ? 0 : lengthAt(between.text, text, { at: behindWords, most: between.most });
  const starts = [...(length > 0 ? [behindWords + length] : []), ...(between?.isNeeded === true ? [] : [behindWords])];
  for (const from of starts) {
    const to = from + lengthAt(value, text, { at: from, most: kind.most });
    if (to - from >= least && text.startsWith(end, to)) return { from, to };
  }
  return undefined;
}

/** How much of the text stands for a sticky expression at a place; no more than that is looked at. */
function lengthAt(
  expression: RegExp,
  text: string,
  { at, most: longest }: { readonly at: number; readonly most: number },
): number {
  expression.lastIndex = 0;
  return expression.exec(text.slice(at, at + longest))?.[0].length ?? 0;
}

/** Each place of a form; those that overlap are one. */
export function* hitsOf(form: string, text: string, at: number): Generator<Hit> {
  let from = text.indexOf(form, at);
  while (from !== -1) {
    const start = from;
    let to = from;
    for (; from !== -1 && (from < to || from === start); from = text.indexOf(form, from + 1)) to = from + form.length;
    yield { start, from: start, to };
  }
}

/**
 * The places where one of some short texts is the whole value. Where there is none, `from` and `to` are the end of what a
 * value could have stood behind.
 * @param shorts longest first
 */
export function hitsAsValues(shorts: readonly string[], text: string, at: number): Hit[] {
  if (shorts.length === 0) return [];
  return matchesFrom(beforeValue, text, at).map((match) => {
    const from = match.index + match[0].length;
    const quote = text.charAt(from - 1);
    const isWhole = (short: string): boolean => {
      const behind = text.charAt(from + short.length);
      const ends = quote === '"' || quote === "'" ? behind === quote : behindValue.test(behind);
      return text.startsWith(short, from) && (behind === '' || ends);
    };
    return { start: match.index, from, to: from + (shorts.find(isWhole)?.length ?? 0) };
  });
}

function matchesFrom(pattern: RegExp, text: string, at: number): RegExpExecArray[] {
  // `matchAll` begins where its expression stands; `\b` sees what is before that.
  pattern.lastIndex = at;
  const found = [...text.matchAll(pattern)];
  pattern.lastIndex = 0;
  return found;
}
