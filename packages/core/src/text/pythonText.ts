/**
 * Python's ideas of white space and of letters and digits.
 *
 * Omnia validates the mapping file with Python's `str.strip()` and `str.isalnum()`; JavaScript's `trim()` differs
 * (it removes U+FEFF and keeps U+001C to U+001F and U+0085), so a cell would be judged differently.
 */

/** True for the UTF-16 code units that Python's `str.isspace()` accepts. */
export function isPythonSpace(code: number): boolean {
  if (code <= 0x20) return (code >= 0x09 && code <= 0x0d) || code >= 0x1c;
  if (code < 0x85) return false;
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** Number of leading white-space code units of `text`. */
export function leadingSpace(text: string): number {
  let start = 0;
  while (start < text.length && isPythonSpace(text.charCodeAt(start))) start++;
  return start;
}

/** Python's `str.strip()`. Returns `text` itself when there is nothing to remove. */
export function strip(text: string): string {
  let end = text.length;
  if (end === 0) return text;
  const start = leadingSpace(text);
  while (end > start && isPythonSpace(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

const asciiAlphanumeric = /^[A-Za-z0-9]+$/;

/** Python's `str.isalnum()`: letters and digits of any script, at least one. */
export function isAlphanumeric(text: string): boolean {
  return asciiAlphanumeric.test(text) || /^[\p{L}\p{N}]+$/u.test(text);
}

/** Letters and digits of ASCII only, at least one. */
export function isAsciiAlphanumeric(text: string): boolean {
  return asciiAlphanumeric.test(text);
}
