// Texts that resemble CSV closely enough to reach every branch of the lexer.
import { fc } from './properties/fastCheck.ts';

const pieces = [
  'a',
  'x1',
  ',',
  ',',
  '"',
  '""',
  '\n',
  '\r\n',
  '\r',
  ' ',
  '\t',
  ';',
  '#',
  '\0',
  '\ufeff',
  'é',
  '🙂',
  'grp1',
  'a,b,c,d',
  '\nb,"c",d,e\n',
  '\ufffd',
];

/** Short texts rich in separators, quotes and line ends of every kind. */
export const csvText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...pieces), { maxLength: 40 })
  .map((parts) => parts.join(''));

/** An edit by offsets, clamped to whatever text it is applied to. */
export interface OffsetEdit {
  readonly from: number;
  readonly length: number;
  readonly newText: string;
}

export const offsetEdit: fc.Arbitrary<OffsetEdit> = fc.record({
  from: fc.nat(400),
  length: fc.oneof(fc.constant(0), fc.constant(1), fc.nat(60)),
  newText: fc.oneof(fc.constant(''), fc.constantFrom(...pieces), csvText),
});

/** LSP position of an offset; an offset inside CRLF counts as the end of the line, as in editors. */
export function positionAt(text: string, offset: number): { line: number; character: number } {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length - 1, character: (lines.at(-1) ?? '').length };
}

/** Moves an offset out of the middle of a CRLF, where no editor can put the cursor. */
export function outsideLineEnd(text: string, offset: number): number {
  return text[offset - 1] === '\r' && text[offset] === '\n' ? offset - 1 : offset;
}
