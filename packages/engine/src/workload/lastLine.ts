/** The last line that a program printed, without its full stop: why it failed, as most of them tell. */
export function lastLine(text: string): string {
  return text.trim().split(/\r?\n/).at(-1)?.replace(/\.$/, '').slice(0, 300) ?? '';
}
