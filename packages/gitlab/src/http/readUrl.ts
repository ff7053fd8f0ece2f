/** Parses a URL; undefined if it is invalid. `URL.parse` does the same from Node 22 on. */
export function readUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
