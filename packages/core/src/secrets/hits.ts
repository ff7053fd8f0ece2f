/** A place in a text that is a secret, from `from` to before `to`; the words that tell so begin at `start`. */
export interface Hit {
  readonly start: number;
  readonly from: number;
  readonly to: number;
}

/** A value is at most as long as a header. */
export const longestValueUnits = 16_384;
/** What stands before and behind a value, all together. */
const longestAroundUnits = 512;
/** No hit by words is longer. */
export const longestHitUnits = longestValueUnits + longestAroundUnits;

/**
 * Secrets that nobody told us: by the words that stand before them, or by how they begin. The first group is what stays, the
 * second goes. None goes over a line end, and none is longer than `longestHitUnits`.
 */
const patterns: readonly RegExp[] = [
  /((?:client_?secret|password|passwd|access_?token|refresh_?token|private[-_]token|x-auth-token)["']?[^\S\n]{0,4}[:=][^\S\n]{0,4}["']?)([^\s"'&,;<>{}]{4,16384})/gi,
  /(authorization["']?[^\S\n]{0,4}[:=][^\S\n]{0,4}["']?(?:[a-z]{1,20}[^\S\n]{1,4})?)([^\s"',;<>]{4,16384})/gi,
  /\b((?:bearer|basic)[^\S\n]{1,4})([\w.~+/=-]{8,16384})/gi,
  /()\b(gl(?:pat|ptt|dt|rt|cbt|ft|soat|agent|imt)-[\w.-]{8,16384})/g,
  /()\b(bld_s_[\w.-]{4,16384})/g,
  /(\b\w{1,20}:\/\/[^\s:/@]{0,128}:)([^\s@/]{1,256})@/g,
];

/** What a value is written behind: `key=`, the string of a JSON property, a word that announces a secret. */
const beforeValue = /=["']?|:[^\S\n]{0,4}"|(?:secret|password|passwd|token)["']?[^\S\n]{0,4}[:=][^\S\n]{0,4}["']?/gi;
const behindValue = /[\s"'&,;<>{}]/;

/** Secrets that are told by the words around them, from a place on. */
export function hitsByWords(text: string, at: number): Hit[] {
  return patterns.flatMap((pattern) =>
    matchesFrom(pattern, text, at).map((match) => {
      const from = match.index + (match[1] ?? '').length;
      return { start: match.index, from, to: from + (match[2] ?? '').length };
    }),
  );
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
