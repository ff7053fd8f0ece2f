import type { Output } from '../io.ts';

/** Large enough that the cost of a write does not matter, small enough to stop soon when nobody is reading anymore. */
const chunkCharacters = 65_536;

/** Writes pieces of text in large chunks until they end or the output is closed. */
export async function writeAll(pieces: Iterable<string>, output: Output): Promise<void> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < chunkCharacters) continue;
    await output.write(chunk);
    chunk = '';
    if (output.isClosed) return;
  }
  if (chunk !== '') await output.write(chunk);
}
