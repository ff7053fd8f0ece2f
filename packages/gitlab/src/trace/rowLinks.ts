/** A place in a line that names a row of the mapping file. */
export interface RowLink {
  /** First character and the one after the last. */
  readonly start: number;
  readonly end: number;
  /** As Omnia counts (omnia.md section 1.2): the header is row 1. */
  readonly row: number;
}

const csvRow = /\bCSV row:? ?#?(\d{1,7})\b/gi;

/** What Omnia calls "CSV row N" in a line. */
export function rowLinksIn(line: string): RowLink[] {
  if (!/csv row/i.test(line)) return [];
  return [...line.matchAll(csvRow)].map(({ 0: text, 1: row, index }) => ({
    start: index,
    end: index + text.length,
    row: Number(row),
  }));
}
