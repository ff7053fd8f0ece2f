/**
 * How much of a text is read at all. Files of a cluster of thousands of servers stay far below; beyond, a parser that
 * is recursive, or slower than its text is long, would block or crash the process that waits for it.
 */
export const textLimits = {
  /** Characters of a JSON file: about ten thousand entries of failed_nodes.json. */
  json: 4 * 1024 * 1024,
  /** Characters of a YAML file. Those that Omnia asks for have some hundred lines. */
  yaml: 64 * 1024,
  /** Characters and lines of a mapping file. */
  csv: 16 * 1024 * 1024,
  csvLines: 110_000,
  /** Characters of one row, which some rules read in one go. */
  csvRecord: 1024 * 1024,
  /** Values of a JSON file, counted by their commas. */
  jsonValues: 120_000,
} as const;

/** Brackets, lists or mappings in one another. */
export const deepest = 64;

const tooLarge = 'the file is too large to be read';
const tooMany = 'the file has too many values to be read';
const tooDeep = 'too many nested brackets';

/** Why a text is not parsed as JSON, in words; undefined if it may be. */
export function jsonRefusal(text: string): string | undefined {
  if (text.length > textLimits.json) return tooLarge;
  const { commas, depth } = structureOf(text);
  if (commas > textLimits.jsonValues) return tooMany;
  return depth > deepest ? tooDeep : undefined;
}

/** Why a text is not parsed as YAML, in words; undefined if it may be. */
export function yamlRefusal(text: string): string | undefined {
  if (text.length > textLimits.yaml) return tooLarge;
  // Quotes are not told from text here, so brackets in texts count; nobody has as many on purpose.
  if (structureOf(text).depth > deepest || indicatorDepth(text) > deepest) return tooDeep;
  return undefined;
}

const [quote, backslash, lineFeed, carriageReturn, comma] = ['"', '\\', '\n', '\r', ','].map((character) =>
  character.charCodeAt(0),
);
const [squareOpen, squareClose, curlyOpen, curlyClose] = ['[', ']', '{', '}'].map((character) =>
  character.charCodeAt(0),
);

/** Whether a mapping file may be judged while somebody types in it. */
export function isTooLargeMapping(text: string): boolean {
  if (text.length > textLimits.csv) return true;
  let lines = 1;
  for (let at = 0; at < text.length && lines <= textLimits.csvLines; at++) {
    const code = text.charCodeAt(at);
    if (code === lineFeed || code === carriageReturn) lines++;
  }
  return lines > textLimits.csvLines;
}

/** Whether a row is longer than what is read in one go; a quote may join all lines of a file. */
export function isTooLargeRecord({ cells }: { readonly cells: readonly string[] }): boolean {
  let length = cells.length;
  for (const cell of cells) length += cell.length;
  return length > textLimits.csvRecord;
}

/** Commas, and the most brackets that are open at once; neither counts in double-quoted strings of one line. */
function structureOf(text: string): { readonly commas: number; readonly depth: number } {
  let [commas, open, depth] = [0, 0, 0];
  let isText = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isText) {
      if (code === backslash) at++;
      else if (code === quote || code === lineFeed) isText = false;
    } else if (code === quote) isText = true;
    else if (code === comma) commas++;
    else if (code === squareOpen || code === curlyOpen) depth = Math.max(depth, ++open);
    else if (code === squareClose || code === curlyClose) open = Math.max(0, open - 1);
  }
  return { commas, depth };
}

/** The most list and key marks at the start of a line (`- - ? a`), each of which opens a level, and of indentations. */
function indicatorDepth(text: string): number {
  let most = 0;
  let open: number[] = [];
  for (const line of text.split('\n')) {
    const indentation = line.length - line.trimStart().length;
    if (indentation === line.length) continue;
    open = [...open.filter((column) => column < indentation), indentation];
    const words = line.slice(indentation).split(/[ \t]+/, deepest + 1);
    const marks = words.findIndex((word) => !['-', '?', ':'].includes(word));
    most = Math.max(most, open.length + (marks === -1 ? words.length : marks));
    if (most > deepest) return most;
  }
  return most;
}
