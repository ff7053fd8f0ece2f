import type { Template } from './message.ts';
import { renderMessage, type Say } from './message.ts';

/** A sentence, or part of one, before it is worded: in the user's language in the editor, in English elsewhere. */
export interface Phrase {
  readonly message: Template;
  readonly params: Readonly<Record<string, Value>>;
}

/** What is said: a phrase of ours, words of somebody else, which stay as they are, or several of them. Empty: nothing. */
export type Said = Phrase | string | Joined;

interface Joined {
  readonly parts: readonly Said[];
  readonly separator: string;
}

/** A phrase is worded like the one that contains it. */
type Value = number | Said;

type NamesIn<T extends Template> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type Given<T extends Template> = [NamesIn<T>] extends [never] ? [] : [params: Readonly<Record<NamesIn<T>, Value>>];

/** A template, which has to be in a table of texts, with whatever it has places for. */
export function phrase<T extends Template>(message: T, ...given: Given<T>): Phrase {
  const [params = {}] = given as readonly [Phrase['params']?];
  return { message, params };
}

/** Several as one, such as a fact and its cause; empty ones are left out. */
export function together(all: readonly Said[], separator: ', ' | '; ' | ': ' | '. ' | ' | '): Said {
  const parts = all.filter((part) => part !== '');
  const [first = '', ...others] = parts;
  return others.length === 0 ? first : { parts, separator };
}

/** The same with every text in it as `clean` leaves it. */
export function mapTexts(said: Phrase, clean: (text: string) => string): Phrase;
export function mapTexts(said: Said, clean: (text: string) => string): Said;
export function mapTexts(said: Said, clean: (text: string) => string): Said {
  if (typeof said === 'string') return clean(said);
  if ('parts' in said) return { ...said, parts: said.parts.map((part) => mapTexts(part, clean)) };
  const { message, params } = said;
  const cleaned = Object.entries(params).map(([name, value]): [string, Value] => {
    if (typeof value === 'string') return [name, clean(value)];
    return [name, typeof value === 'object' ? mapTexts(value, clean) : value];
  });
  return { message, params: Object.fromEntries(cleaned) };
}

export function wordsOf(said: Said, say: Say = renderMessage): string {
  if (typeof said === 'string') return said;
  if ('parts' in said) return said.parts.map((part) => wordsOf(part, say)).join(said.separator);
  const { message, params } = said;
  const worded = Object.entries(params).map(([name, value]) => {
    return [name, typeof value === 'object' ? wordsOf(value, say) : value] as const;
  });
  return say(message, Object.fromEntries(worded));
}

/** One sentence after the other; words of others may lack their full stop. */
export function inSentences(phrases: readonly Said[]): Said {
  const parts = phrases.map((one): Said => {
    return /[.!?\u2026]$/.test(wordsOf(one)) ? one : { parts: [one, '.'], separator: '' };
  });
  return { parts, separator: ' ' };
}

export function sentencesOf(phrases: readonly Said[], say: Say = renderMessage): string {
  return wordsOf(inSentences(phrases), say);
}
