import { basicForm, formsOf } from './forms.ts';

/** Stands where a secret stood. */
export const secretMark = '[secret]';

/** Shorter ones are in any text: to take them out would leave nothing to read. */
const shortestUnits = 4;
/** Those of a thousand logins at BMCs, in all their forms; the oldest go, of which nobody speaks any more. */
const mostSecrets = 4_000;

/** Secrets that nobody told us: by the words that stand before them, or by how they begin. None is longer than a header. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [
    /((?:client_?secret|password|passwd|access_?token|refresh_?token|private[-_]token|x-auth-token)["']?\s{0,4}[:=]\s{0,4}["']?)[^\s"'&,;<>{}]{4,16384}/gi,
    `$1${secretMark}`,
  ],
  [/(authorization["']?\s{0,4}[:=]\s{0,4}["']?(?:[a-z]{1,20}\s{1,4})?)[^\s"',;<>]{4,16384}/gi, `$1${secretMark}`],
  [/\b(bearer|basic)(\s{1,4})[\w.~+/=-]{8,}/gi, `$1$2${secretMark}`],
  [/\bgl(?:pat|ptt|dt|rt|cbt|ft|soat|agent|imt)-[\w.-]{8,}/g, secretMark],
  [/\bbld_s_[\w.-]{4,}/g, secretMark],
  [/(\b\w{1,20}:\/\/[^\s:/@]{0,128}:)[^\s@/]{1,256}@/g, `$1${secretMark}@`],
];

/**
 * Takes secrets out of texts. One of them, `secretsInUse`, knows all that this process has been given, and stands before
 * every error, state file, log and terminal: whoever makes a secret known to us says so here first. Texts come here by whole
 * lines or messages; no secret has a line end in it.
 */
export class SecretFilter {
  readonly #forms = new Map<string, readonly string[]>();
  #ordered: readonly string[] | undefined;

  add(secret: string): void {
    if (secret.length < shortestUnits || this.#forms.has(secret)) return;
    this.#put(secret, formsOf(secret));
  }

  /** User and password of a login, which also stand together in an Authorization header. */
  addLogin(user: string, password: string): void {
    this.add(password);
    // Also of a short password: this form is long.
    if (password !== '') this.#put(`${user}:${password}`, formsOf(basicForm(user, password)));
  }

  clean(text: string): string {
    let clean = text;
    for (const form of this.#longestFirst()) if (clean.includes(form)) clean = clean.replaceAll(form, secretMark);
    for (const [pattern, instead] of patterns) clean = clean.replaceAll(pattern, instead);
    return clean;
  }

  /** A secret that is of no use to anybody any more. */
  forget(secret: string): void {
    if (this.#forms.delete(secret)) this.#ordered = undefined;
  }

  #put(key: string, forms: readonly string[]): void {
    this.#forms.delete(key);
    this.#forms.set(key, forms);
    const [oldest] = this.#forms.keys();
    if (this.#forms.size > mostSecrets && oldest !== undefined) this.#forms.delete(oldest);
    this.#ordered = undefined;
  }

  /** So that none is taken for a part of another. */
  #longestFirst(): readonly string[] {
    const all = (): string[] => [...new Set([...this.#forms.values()].flat())];
    this.#ordered ??= all().sort((one, other) => other.length - one.length);
    return this.#ordered;
  }
}

/** The secrets of this process. */
export const secretsInUse = new SecretFilter();
