import { phrase } from '@omnia-buildstream/core/text/phrase';
import { refusalTexts } from './fileTexts.ts';
import { NotOurs } from './fileError.ts';

const longestUnits = 200;
const outside = /[/\\\p{Cc}]/u;

/**
 * A foreign text (a job id, a node's name) as the name of one file: not a path, and without a first character that
 * could trip up a terminal or shell.
 * @throws NotOurs for anything else
 */
export function fileName(text: string): string {
  const isName = text !== '' && text !== '.' && text !== '..' && text.length <= longestUnits;
  if (isName && !outside.test(text) && !text.startsWith('-')) return text;
  throw new NotOurs(phrase(refusalTexts.badName, { name: JSON.stringify(text.slice(0, longestUnits)) }));
}
