import { secretsInUse } from '../secrets/secretFilter.ts';

/** The last step before a terminal. Nothing but line feeds, tabs and colors of ours passes as a control character. */

/** Normal, faint, red to cyan: no text can hide itself or others with these. */
const ownColours = new Set(['0', '2', '31', '32', '33', '34', '35', '36']);

const escape = '\u001b';
/** A color, or a control character. */
const steering = new RegExp(`${escape}\\[(\\d{1,2})m|[^\\P{Cc}\\n\\t]|[\\u202a-\\u202e\\u2066-\\u2069]`, 'gu');

/**
 * Text of any origin for a terminal. What would control it, or turn the direction of reading, is shown as `\u001b`:
 * nothing in a text disappears, so nobody can hide a line of a list. In JSON it still means the same. Secrets in use
 * are removed.
 */
export function terminalText(text: string): string {
  return withSecretsShown(secretsInUse.clean(text));
}

/** The same for a text that is meant to show a secret: one that a server shows once, to the person who asked for it. */
export function withSecretsShown(text: string): string {
  return text.replace(steering, (found, colour: string | undefined) =>
    colour !== undefined && ownColours.has(colour) ? found : visible(found),
  );
}

/** One line of a terminal: its line ends are shown too. */
export function terminalLine(text: string): string {
  return terminalText(text).replaceAll('\n', String.raw`\n`);
}

function visible(text: string): string {
  const [first = '', ...rest] = text;
  return `\\u${first.charCodeAt(0).toString(16).padStart(4, '0')}${rest.join('')}`;
}
