import { strip } from '../text/pythonText.ts';
import type { Delimiter } from './record.ts';

/**
 * The separator of a file: a comma, unless the first line that is neither blank nor a comment has none and names columns
 * separated by semicolons or tabs.
 */
export function sniffDelimiter(text: string): Delimiter {
  for (let at = 0; at < text.length;) {
    const rest = /[^\r\n]*/y;
    rest.lastIndex = at;
    const line = rest.exec(text)?.[0] ?? '';
    const shown = strip(line);
    if (shown !== '' && !shown.startsWith('#')) {
      if (shown.includes(',') || !/[A-Z]_[A-Z]/i.test(shown)) return ',';
      if (shown.includes('\t')) return '\t';
      return shown.includes(';') ? ';' : ',';
    }
    at += line.length + 1;
  }
  return ',';
}
