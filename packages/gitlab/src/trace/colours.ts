import { parseAnsi, type Style } from './ansi.ts';

/** A coloured part of a line. */
export interface ColourSpan {
  readonly start: number;
  readonly end: number;
  readonly style: Style;
}

/** Logs are text first: of one that is all colours, the later ones are left out. */
const mostSpans = 500_000;

/**
 * The coloured parts of each line that has any; colours go on over line ends.
 * @param lines with their escape sequences
 */
export function coloursOf(lines: readonly string[], limit = mostSpans): ReadonlyMap<number, readonly ColourSpan[]> {
  const found = new Map<number, readonly ColourSpan[]>();
  let style: Style = {};
  let count = 0;
  for (const [line, text] of lines.entries()) {
    if (count >= limit) break;
    if (!text.includes('\u001b') && !isVisible(style)) continue;
    const parsed = parseAnsi(text, style);
    style = parsed.style;
    let at = 0;
    const spans: ColourSpan[] = [];
    for (const span of parsed.spans) {
      const end = at + span.text.length;
      if (isVisible(span.style)) spans.push({ start: at, end, style: span.style });
      at = end;
    }
    if (spans.length > 0) found.set(line, spans);
    count += spans.length;
  }
  return found;
}

function isVisible(style: Style): boolean {
  return Object.values(style).some((value) => value !== undefined);
}
