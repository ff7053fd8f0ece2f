import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { saidOf } from '@omnia-buildstream/core/text/saidError';
import { say } from '../platform/say.ts';

/** What an error says that is in no table of errors: in the user's language where it is ours, else its own message. */
export function messageOf(error: unknown): string {
  return wordsOf(saidOf(error), say);
}
