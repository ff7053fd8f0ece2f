// Control characters but tab and escape; C1 too, which some terminals take for escape sequences.
// eslint-disable-next-line no-control-regex -- control characters are what it is about
const controls = /[\u0000-\u0008\u000a-\u001a\u001c-\u001f\u007f-\u009f]/g;
const escapes =
  // eslint-disable-next-line no-control-regex -- escape sequences are control characters
  /\u001b(?:\[([0-?]*)[ -/]*([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[PX^_][^\u001b]*(?:\u001b\\)?|[ -/]*[0-~]?)/g;

/**
 * A line of a log for a terminal: its colours stay, everything else that steers a terminal goes, because anybody who
 * can write to a log could otherwise set titles, links or the clipboard.
 */
export function safeLine(line: string): string {
  return line
    .replaceAll(escapes, (_, parameters: string | undefined, final: string | undefined) =>
      final === 'm' && /^[\d;:]*$/.test(parameters ?? '') ? `\u001b[${parameters ?? ''}m` : '',
    )
    .replaceAll(controls, '');
}

/** Text of somebody else on one line of ours: without colours and everything else that steers a terminal. */
export function plainLine(text: string): string {
  return (
    safeLine(text.replace(/[\r\n]+/g, ' '))
      // eslint-disable-next-line no-control-regex -- what safeLine leaves
      .replaceAll(/\u001b\[[\d;:]*m/g, '')
      .trim()
  );
}
