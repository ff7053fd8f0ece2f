import type { Template } from './message.ts';
import { renderMessage, type Say } from './message.ts';

/** A sentence, or part of one, before it is worded: in the user's language in the editor, in English elsewhere. */
export interface Phrase {
  readonly message: Template;
  readonly params: Readonly<Record<string, Value>>;
}

/** A phrase is worded like the one that it is in. */
type Value = string | number | Phrase;

type NamesIn<T extends Template> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type Given<T extends Template> = [NamesIn<T>] extends [never] ? [] : [params: Readonly<Record<NamesIn<T>, Value>>];

/** A template, which has to stand in a table of texts, with whatever it has places for. */
export function phrase<T extends Template>(message: T, ...given: Given<T>): Phrase {
  const [params = {}] = given as readonly [Phrase['params']?];
  return { message, params };
}

/** The same with every text in it as `clean` leaves it. */
export function mapTexts({ message, params }: Phrase, clean: (text: string) => string): Phrase {
  const cleaned = Object.entries(params).map(([name, value]): [string, Value] => {
    if (typeof value === 'string') return [name, clean(value)];
    return [name, typeof value === 'object' ? mapTexts(value, clean) : value];
  });
  return { message, params: Object.fromEntries(cleaned) };
}

export function wordsOf({ message, params }: Phrase, say: Say = renderMessage): string {
  const worded = Object.entries(params).map(([name, value]) => {
    return [name, typeof value === 'object' ? wordsOf(value, say) : value] as const;
  });
  return say(message, Object.fromEntries(worded));
}

/** One sentence after the other; what others said may lack its full stop. */
export function sentencesOf(phrases: readonly Phrase[], say: Say = renderMessage): string {
  const sentences = phrases.map((one) => wordsOf(one, say));
  return sentences.map((sentence) => (/[.!?…]$/.test(sentence) ? sentence : `${sentence}.`)).join(' ');
}
