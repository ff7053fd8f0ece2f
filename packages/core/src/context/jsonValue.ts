import { printParseErrorCode, type Node } from 'jsonc-parser';
import type { Range } from '../text/position.ts';
import { readJsonTree, wordsOf } from '../text/jsonTree.ts';
import { LineIndex, withoutByteOrderMark } from '../text/lineIndex.ts';
import type { Located } from './problem.ts';

export interface ParsedJson {
  readonly root: Node | undefined;
  /** The first thing that makes the text invalid JSON. */
  readonly fault: Located<string> | undefined;
  readonly rangeOf: (node: Node) => Range;
}

/** Reads a text as strict JSON, as Omnia's reader does: no comments, no trailing commas. Never throws. */
export function parseJson(text: string): ParsedJson {
  const content = withoutByteOrderMark(text);
  const lines = new LineIndex(content);
  const rangeOf = (node: Node): Range => lines.range(node.offset, node.offset + node.length);
  const failed = (value: string, range: Range): ParsedJson => ({ root: undefined, fault: { value, range }, rangeOf });
  const { root, errors, refusal } = readJsonTree(content, { disallowComments: true });
  const [error] = errors;
  if (error !== undefined) {
    return failed(wordsOf(printParseErrorCode(error.error)), lines.range(error.offset, error.offset + error.length));
  }
  if (root === undefined) return failed(refusal ?? 'nothing in it', lines.range(0, 0));
  return { root, fault: undefined, rangeOf };
}
