/** The address, or undefined for an invalid one. `URL.parse` does the same from Node 22 on. */
export function readUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
