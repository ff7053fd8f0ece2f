import { strip } from '../text/pythonText.ts';
import type { Delimiter } from './record.ts';

/** Only this many lines are looked at: there are few titles above a header. */
export const sniffedLines = 20;

/** In the order in which they win a draw. */
const delimiters: readonly Delimiter[] = [',', '\t', ';', '|'];

/**
 * The separator of a file: a comma, unless one of the first lines has column names separated by something else. Blank
 * lines and comments say nothing, nor does Excel's own line `sep=`: Omnia does not know it.
 */
export function sniffDelimiter(text: string): Delimiter {
  for (let at = 0, line = 0; at < text.length && line < sniffedLines; line++) {
    const rest = /[^\r\n]{0,}/y;
    rest.lastIndex = at;
    const found = rest.exec(text)?.[0] ?? '';
    const shown = strip(found);
    at += found.length + 1;
    if (shown === '' || shown.startsWith('#') || /^"?sep=/i.test(shown)) continue;
    if (shown.includes(',')) return ',';
    if (!/[A-Z]_[A-Z]/i.test(shown)) continue;
    return delimiters.find((delimiter) => shown.includes(delimiter)) ?? ',';
  }
  return ',';
}
