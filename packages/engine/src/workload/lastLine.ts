/** The last line that a program printed, without its full stop: the reason for the failure, in most programs. */
export function lastLine(text: string): string {
  return text.trim().split(/\r?\n/).at(-1)?.replace(/\.$/, '').slice(0, 300) ?? '';
}
