import { wordsOf, type Said } from './phrase.ts';

/** An error that is worded at the edge: its message is English, for files and the command line. */
export class SaidError extends Error {
  readonly said: Said;

  constructor(said: Said, options: { readonly cause?: unknown } = {}) {
    super(wordsOf(said), options);
    this.said = said;
  }
}

/** What an error says; of one that is not ours, its message. */
export function saidOf(error: unknown): Said {
  if (error instanceof SaidError) return error.said;
  return error instanceof Error ? error.message : String(error);
}
