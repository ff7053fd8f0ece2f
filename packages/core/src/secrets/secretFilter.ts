import { basicForm, formsOf } from './forms.ts';
import { hitsAsValues, hitsByWords, hitsOf, longestHitUnits, type Hit } from './hits.ts';

/** Replaces a secret. */
export const secretMark = '[secret]';

/** Shorter ones are in any text: removing them everywhere would leave nothing to read. */
const shortestUnits = 4;
/** Those of a thousand logins at BMCs, in all their forms; the oldest, which nobody mentions anymore, are dropped. */
const mostSecrets = 4_000;

interface Forms {
  /** Hidden wherever they occur; longest first. */
  readonly everywhere: readonly string[];
  /** Hidden where they are a whole value; longest first. */
  readonly asValues: readonly string[];
}

/**
 * Takes secrets out of texts. One of them, `secretsInUse`, knows all that this process has been given, and is applied
 * before every error, state file, log and terminal: code that receives a secret registers it here first. No secret
 * spans a line end: if one has several lines, each line is a secret. Text that comes in pieces goes through a
 * `SecretStream`.
 */
export class SecretFilter {
  readonly #known = new Map<string, Forms>();
  #ordered: Forms | undefined;

  add(secret: string): void {
    if (secret === '' || this.#known.has(secret)) return;
    const isShort = secret.length < shortestUnits;
    const forms = formsOf(secret).flatMap((form) => form.split(/[\r\n]+/));
    this.#put(secret, {
      everywhere: isShort ? [] : forms.filter((form) => form.length >= shortestUnits),
      asValues: isShort ? forms.filter((form) => form !== '') : [],
    });
  }

  /** User and password of a login, which also stand together in an Authorization header. */
  addLogin(user: string, password: string): void {
    this.add(password);
    // Also of a short password: this form is long.
    if (password !== '')
      this.#put(`${user}:${password}`, { everywhere: formsOf(basicForm(user, password)), asValues: [] });
  }

  clean(text: string): string {
    return cleaned(text, 0, this.hits(text, 0));
  }

  /** Where secrets are in a text, in order. @param at where to begin; what stands before is seen, not searched */
  hits(text: string, at: number): readonly Hit[] {
    const { everywhere, asValues } = this.#forms();
    const hits = [...hitsAsValues(asValues, text, at), ...hitsByWords(text, at)];
    for (const form of everywhere) for (const hit of hitsOf(form, text, at)) hits.push(hit);
    return hits.sort((one, other) => one.from - other.from);
  }

  /** No secret is longer, including the words that indicate it. */
  get longestUnits(): number {
    return Math.max(longestHitUnits, this.#forms().everywhere[0]?.length ?? 0);
  }

  /** Whether a text that goes on after its end could turn out to end with the beginning of a secret that is known. */
  mayGoOn(text: string): boolean {
    const ends = text.slice(-longestHitUnits);
    if (hitsByWords(`${ends}........@`, 0).some(({ to }) => to > ends.length)) return true;
    return this.#forms().everywhere.some((form) => endsWithBeginning(ends, form));
  }

  /** A secret that is no longer of use to anybody. */
  forget(secret: string): void {
    if (this.#known.delete(secret)) this.#ordered = undefined;
  }

  #put(key: string, forms: Forms): void {
    this.#known.delete(key);
    this.#known.set(key, forms);
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostSecrets && oldest !== undefined) this.#known.delete(oldest);
    this.#ordered = undefined;
  }

  #forms(): Forms {
    const ordered = (pick: (forms: Forms) => readonly string[]): string[] => {
      const all = new Set([...this.#known.values()].flatMap(pick));
      return [...all].sort((one, other) => other.length - one.length);
    };
    this.#ordered ??= { everywhere: ordered((of) => of.everywhere), asValues: ordered((of) => of.asValues) };
    return this.#ordered;
  }
}

/** A text from a place on without its secrets; those that overlap become one mark. */
export function cleaned(text: string, at: number, hits: readonly Hit[]): string {
  const parts: string[] = [];
  let done = at;
  for (let index = 0; index < hits.length;) {
    const { from, to: first } = hits[index++] ?? { from: 0, to: 0 };
    if (from === first) continue;
    let to = first;
    for (let next = hits[index]; next !== undefined && (next.from < to || next.from === next.to); next = hits[++index])
      to = Math.max(to, next.to > next.from ? next.to : to);
    parts.push(text.slice(done, from), secretMark);
    done = to;
  }
  return parts.length === 0 && at === 0 ? text : [...parts, text.slice(done)].join('');
}

function endsWithBeginning(text: string, form: string): boolean {
  for (let units = Math.min(form.length - 1, text.length); units > 0; units -= 1)
    if (text.endsWith(form.slice(0, units))) return true;
  return false;
}

/** The secrets of this process. */
export const secretsInUse = new SecretFilter();
