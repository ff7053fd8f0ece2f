/** Blanks of JSON, looked over one by one: a text may be long. */
const isBlank = (character: string | undefined): boolean => character !== undefined && ' \t\r\n'.includes(character);

/** Offset of the next character that is visible, else of the end. */
export function nextVisible(text: string, from: number): number {
  let at = from;
  while (isBlank(text[at])) at++;
  return at;
}

/** Offset of the last visible character before `end`; -1 without any. */
export function lastVisible(text: string, end: number): number {
  let at = end - 1;
  while (isBlank(text[at])) at--;
  return at;
}
