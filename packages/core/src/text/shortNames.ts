import { phrase, type Phrase } from './phrase.ts';

/** What people still read of a list of names before they answer. */
const mostNames = 5;
const longestName = 32;

export const shortNamesTexts = { more: '{names} and {count} more' } as const;

/** Names for a question: the first of them and how many more there are; all of them are in the plan. */
export function shortNames(names: readonly string[]): Phrase | string {
  const first = names
    .slice(0, mostNames)
    .map((name) => clipped(name, longestName))
    .join(', ');
  const count = names.length - mostNames;
  return count <= 0 ? first : phrase(shortNamesTexts.more, { names: first, count });
}

/** The beginning of a text of others, which has any length. */
export function clipped(text: string, units: number): string {
  return text.length <= units ? text : `${text.slice(0, units - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
