import { printParseErrorCode, type ParseError } from 'jsonc-parser';
import { lastVisible } from '../text/blanks.ts';
import { wordsOf } from '../text/jsonTree.ts';
import type { LineIndex } from '../text/lineIndex.ts';
import type { SyntaxFault } from './jsonParts.ts';

/** The faults of a text; the parser may report the same comma twice. */
export function faultsOf(errors: readonly ParseError[], text: string, lines: LineIndex): SyntaxFault[] {
  const faults: SyntaxFault[] = [];
  for (const error of errors) {
    const fault = faultOf(error, text, lines);
    const { start } = fault.range;
    const last = faults.at(-1);
    const isSame = last?.range.start.line === start.line && last.range.start.character === start.character;
    if (fault.extra === undefined || last?.extra === undefined || !isSame) faults.push(fault);
  }
  return faults;
}

/** A fault of the parser in words, and what can be removed if JSON simply does not allow it. */
function faultOf({ error, offset, length }: ParseError, text: string, lines: LineIndex): SyntaxFault {
  const range = lines.range(offset, offset + length);
  const code = printParseErrorCode(error);
  const reason = wordsOf(code);
  if (code === 'InvalidCommentToken') return { reason, range, extra: 'comment' };
  const isMissing = code === 'PropertyNameExpected' || code === 'ValueExpected';
  const at = lastVisible(text, offset);
  if (!isMissing || !['}', ']'].includes(text[offset] ?? '') || text[at] !== ',') return { reason, range };
  const comma = lines.range(at, at + 1);
  return { reason, range: comma, extra: 'trailing-comma' };
}
