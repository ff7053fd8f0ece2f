import { secretsInUse } from '../secrets/secretFilter.ts';
import { plainLine } from './foreignText.ts';

/** Nobody reads more than this, and a window would be busy with it. */
const longestNoticeUnits = 10_000;

/**
 * A text for the notifications, questions and boxes of VS Code, which turn `[word](command:…)` in any of them into a
 * link that runs. We never want one, so no text has any, wherever its parts come from.
 */
export function noticeText(text: string): string {
  const clean = secretsInUse.clean(text.slice(0, 2 * longestNoticeUnits));
  const line = plainLine(clean.slice(0, longestNoticeUnits).replace(/[\t\u2028\u2029]/g, ' '));
  return (clean.length <= longestNoticeUnits ? line : `${line}…`).replaceAll('](', '] (');
}

/** A paragraph is one line of ours, or several; a line break in a line of it makes no further one. */
export type Paragraph = string | readonly string[];

/** What is shown below the question of a dialog. */
export function noticeDetail(paragraphs: readonly Paragraph[]): string {
  return paragraphs.map((lines) => [lines].flat().map(noticeText).join('\n')).join('\n\n');
}
