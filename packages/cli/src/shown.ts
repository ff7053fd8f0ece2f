import { safeLine } from '@omnia-buildstream/core/text/foreignText';
import { terminalLine, terminalText, withSecretsShown } from '@omnia-buildstream/core/text/terminal';

/**
 * What a command writes. Plain text is for people or a program's parser, and nothing in it controls a terminal except
 * our own colors. The other kinds say what they are:
 * - `log`: whole lines of a job log, with the colors that the job gave them
 * - `status`: the last line of a terminal, overwritten each time
 * - `secret`: shows one on purpose, once
 * - `file`: the content of a file; exact, unless a terminal shows it
 */
export type Shown = string | { readonly as: 'log' | 'status' | 'file' | 'secret'; readonly text: string };

const eraseLine = '\r\u001b[K';

/** The one way to the terminal. */
export function shownText(shown: Shown, isTerminal: boolean): string {
  if (typeof shown === 'string') return terminalText(shown);
  const { as, text } = shown;
  switch (as) {
    case 'log':
      return text.split('\n').map(safeLine).join('\n');
    case 'secret':
      return withSecretsShown(text);
    case 'status':
      return eraseLine + terminalLine(text);
    case 'file':
      return isTerminal ? terminalText(text.replaceAll('\r\n', '\n')) : text;
  }
}
