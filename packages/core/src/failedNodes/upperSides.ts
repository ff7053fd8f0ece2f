import { conflictMark } from '../text/conflicts.ts';

/** The text with blanks in place of marks and lower sides, so that everything else keeps its place. */
export function upperSides(text: string): string {
  let side: 'none' | 'upper' | 'lower' = 'none';
  return text
    .split(/(\r\n|[\r\n])/)
    .map((piece, at) => {
      // Line ends are in odd places.
      if (at % 2 === 1) return piece;
      const mark = conflictMark(piece);
      if (mark === undefined) return side === 'lower' ? ' '.repeat(piece.length) : piece;
      side = mark === 'open' ? 'upper' : mark === 'part' ? 'lower' : 'none';
      return ' '.repeat(piece.length);
    })
    .join('');
}
