/** ANSI escape sequences in job logs: colors become spans; what moves the cursor or sets a title is dropped. */
export interface Style {
  /** 0 to 15 of the terminal's palette, 16 to 255 of the color cube, or `#rrggbb`. */
  readonly foreground?: number | string | undefined;
  readonly background?: number | string | undefined;
  readonly bold?: boolean | undefined;
  readonly italic?: boolean | undefined;
  readonly underline?: boolean | undefined;
}

export interface Span {
  readonly text: string;
  readonly style: Style;
}

// CSI sequences, strings (OSC, DCS and similar) and single-character escapes, each also if it is cut off, and every
// other control character except tab. What is left cannot control a terminal, however it is combined.
const steering =
  // eslint-disable-next-line no-control-regex -- escape sequences are control characters
  /\u001b(?:\[([0-?]*)[ -/]*([@-~])?|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[PX^_][^\u001b]*(?:\u001b\\)?|[ -/]*[0-Z\\`-~]?)|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f]/g;

/** The text without escape sequences. */
export function stripAnsi(text: string): string {
  return text.replaceAll(steering, '');
}

/**
 * A line as spans of one style each.
 * @param style at the start of the line: colors continue across line ends
 * @returns the spans, and the style at the end of the line
 */
export function parseAnsi(line: string, style: Style = {}): { readonly spans: readonly Span[]; readonly style: Style } {
  const spans: Span[] = [];
  let current = style;
  let from = 0;
  for (const match of line.matchAll(steering)) {
    if (match.index > from) spans.push({ text: line.slice(from, match.index), style: current });
    from = match.index + match[0].length;
    if (match[2] === 'm') current = applySgr(current, match[1] ?? '');
  }
  if (from < line.length) spans.push({ text: line.slice(from), style: current });
  return { spans, style: current };
}

/** Select Graphic Rendition, ECMA-48 8.3.117. */
function applySgr(style: Style, parameters: string): Style {
  const codes = parameters.split(/[;:]/).map(Number);
  let result = style;
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index] ?? 0;
    if (code === 38 || code === 48) {
      const { colour, used } = extendedColour(codes.slice(index + 1));
      result = { ...result, [code === 38 ? 'foreground' : 'background']: colour };
      index += used;
    } else result = applyCode(result, code);
  }
  return result;
}

function applyCode(style: Style, code: number): Style {
  if (code === 0) return {};
  if (code === 1) return { ...style, bold: true };
  if (code === 3) return { ...style, italic: true };
  if (code === 4) return { ...style, underline: true };
  if (code === 22) return { ...style, bold: undefined };
  if (code === 23) return { ...style, italic: undefined };
  if (code === 24) return { ...style, underline: undefined };
  if (code >= 30 && code <= 37) return { ...style, foreground: code - 30 };
  if (code === 39) return { ...style, foreground: undefined };
  if (code >= 40 && code <= 47) return { ...style, background: code - 40 };
  if (code === 49) return { ...style, background: undefined };
  if (code >= 90 && code <= 97) return { ...style, foreground: code - 82 };
  if (code >= 100 && code <= 107) return { ...style, background: code - 92 };
  return style;
}

function extendedColour([mode, ...rest]: readonly number[]): { colour: number | string | undefined; used: number } {
  if (mode === 5) return { colour: rest[0], used: 2 };
  if (mode !== 2) return { colour: undefined, used: 1 };
  const hex = rest.slice(0, 3).map((part) => Math.min(255, part).toString(16).padStart(2, '0'));
  return { colour: `#${hex.join('')}`, used: 4 };
}
