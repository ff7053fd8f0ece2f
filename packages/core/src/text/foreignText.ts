import { secretsInUse } from '../secrets/secretFilter.ts';

/** Text that somebody else wrote, made safe to show: a BMC, a job log, a tool, a cell. */

// Control characters but tab and escape; C1 too, which some terminals take for escape sequences.
// eslint-disable-next-line no-control-regex -- control characters are what it is about
const controls = /[\u0000-\u0008\u000a-\u001a\u001c-\u001f\u007f-\u009f]/g;
const escapes =
  // eslint-disable-next-line no-control-regex -- escape sequences are control characters
  /\u001b(?:\[([0-?]*)[ -/]*([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[PX^_][^\u001b]*(?:\u001b\\)?|[ -/]*[0-~]?)/g;
/** They change the direction of reading, so that a text looks like another one. */
const directions = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * A line of a log for a terminal: its colors stay, everything else that controls a terminal is removed, because anybody
 * who can write to a log could otherwise set titles, links or the clipboard.
 */
export function safeLine(line: string): string {
  const safe = line
    .replaceAll(escapes, (_, parameters: string | undefined, final: string | undefined) =>
      final === 'm' && /^[\d;:]*$/.test(parameters ?? '') ? `\u001b[${parameters ?? ''}m` : '',
    )
    .replaceAll(controls, '')
    .replaceAll(directions, '');
  // Last: what was removed could have been inside a secret.
  return secretsInUse.clean(safe);
}

/** Text without colors and everything else that controls a terminal, line ends included; blanks stay as they are. */
export function plainText(text: string): string {
  return text.replaceAll(escapes, '').replaceAll(controls, '').replaceAll(directions, '');
}

/** Text on one line of ours: line ends become blanks. */
export function plainLine(text: string): string {
  return plainText(text.replace(/[\r\n]+/g, ' ')).trim();
}

const longestLineUnits = 300;
/** A paragraph, such as the names of the systems of one BMC. */
const longestStatementUnits = 2_000;
/** A secret that begins in what is shown ends before. */
const longestForeignUnits = 65_536;

/** A fact from somebody else, on one line whatever it contains, and no longer than a line should be. */
export function oneLine(text: string): string {
  // Before the cut: half a secret would not be found any more. Then also the separators of Unicode, which some show as line
  // ends.
  const clean = secretsInUse.clean(text.slice(0, longestForeignUnits));
  const line = plainLine(clean.slice(0, 4 * longestLineUnits).replaceAll(/\s+/gu, ' '));
  return line.length <= longestLineUnits ? line : `${line.slice(0, longestLineUnits).trimEnd()}…`;
}

/**
 * What a server, a BMC or a tool says, for an error: without secrets, and no longer than a person reads. Every error
 * caused by somebody else passes through here.
 */
export function statement(text: string): string {
  const clean = secretsInUse.clean(text.slice(0, longestForeignUnits));
  return clean.length <= longestStatementUnits ? clean : `${clean.slice(0, longestStatementUnits)}…`;
}
