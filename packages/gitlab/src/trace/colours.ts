import { parseAnsi, type Span, type Style } from './ansi.ts';

/** A colored part of a line. */
export interface ColourSpan {
  readonly start: number;
  readonly end: number;
  readonly style: Style;
}

/** Colors continue across line ends; one that began further above is not found. */
const lookBackLines = 500;

/**
 * The colored parts of some lines, by line; only lines with colors are included.
 * @param lines with their escape sequences
 * @param from first line
 * @param to the line after the last
 */
export function coloursOf(
  lines: readonly string[],
  from: number,
  to: number,
): ReadonlyMap<number, readonly ColourSpan[]> {
  const found = new Map<number, readonly ColourSpan[]>();
  let style: Style = {};
  for (let line = Math.max(0, from - lookBackLines); line < Math.min(to, lines.length); line += 1) {
    const parsed = parseAnsi(lines[line] ?? '', style);
    style = parsed.style;
    const spans = line < from ? [] : visibleSpans(parsed.spans);
    if (spans.length > 0) found.set(line, spans);
  }
  return found;
}

function visibleSpans(parsed: readonly Span[]): ColourSpan[] {
  const spans: ColourSpan[] = [];
  let at = 0;
  for (const { text, style } of parsed) {
    if (isVisible(style)) spans.push({ start: at, end: at + text.length, style });
    at += text.length;
  }
  return spans;
}

function isVisible(style: Style): boolean {
  return Object.values(style).some((value) => value !== undefined);
}
