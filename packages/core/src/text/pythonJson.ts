import { jsonRefusal } from './textLimits.ts';

export type PythonJson = { readonly value: unknown } | { readonly fault: string };

/**
 * Reads a JSON text as Omnia does, with Python's `json`: it also accepts NaN, Infinity, and -Infinity, which stand here
 * for numbers. A text that is too large or too deep to be read is a fault too. Never throws.
 */
export function parsePythonJson(text: string): PythonJson {
  const refusal = jsonRefusal(text);
  if (refusal !== undefined) return { fault: refusal };
  try {
    return { value: JSON.parse(withPlainNumbers(text)) as unknown };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : '' };
  }
}

/** The text with a number of the same length in place of each of Python's three further constants. */
export function withPlainNumbers(text: string): string {
  if (!/NaN|Infinity/.test(text)) return text;
  // A string is skipped, to the end of its line if it is never closed.
  return text.replaceAll(/"(?:[^"\\\n]|\\.)*"?|(?<![\w.-])NaN(?![\w.])|(?<![\w.])Infinity(?![\w.])/g, (found) =>
    found.startsWith('"') ? found : '1.'.padEnd(found.length, '0'),
  );
}
