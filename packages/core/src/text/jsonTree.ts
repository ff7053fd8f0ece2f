import { parseTree, type Node, type ParseError, type ParseOptions } from 'jsonc-parser';
import { jsonRefusal } from './textLimits.ts';

/** A JSON text as a tree. */
export interface JsonTree {
  /** Of broken JSON as far as it was understood. */
  readonly root: Node | undefined;
  readonly errors: readonly ParseError[];
  /** Why the text was not read at all or not to its end, in words. */
  readonly refusal: string | undefined;
}

/** Nobody reads more, and a text of nothing else would fill the memory with them. */
const mostErrors = 1_000;

class TooManyErrors extends Error {}

/** Keeps the first errors, then ends the parser. */
class FirstErrors extends Array<ParseError> {
  override push(...errors: ParseError[]): number {
    if (this.length >= mostErrors) throw new TooManyErrors();
    return super.push(...errors);
  }
}

/** Reads a text of any origin, which is neither too large nor too deep to be read. Never throws. */
export function readJsonTree(text: string, options: ParseOptions): JsonTree {
  const refusal = jsonRefusal(text);
  if (refusal !== undefined) return { root: undefined, errors: [], refusal };
  const errors = new FirstErrors();
  try {
    const root = parseTree(text, errors, options);
    return { root, errors: Array.from(errors), refusal: undefined };
  } catch (error) {
    if (!(error instanceof TooManyErrors)) throw error;
    return { root: undefined, errors: Array.from(errors), refusal: 'this is not JSON' };
  }
}

/** `CommaExpected` as "comma expected". */
export function wordsOf(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
