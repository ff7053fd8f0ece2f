import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { saidOf } from '@omnia-buildstream/core/text/saidError';
import { say } from '../platform/say.ts';

/** The message of an error that is in no table of errors: in the user's language if it is ours, otherwise its own. */
export function messageOf(error: unknown): string {
  return wordsOf(saidOf(error), say);
}
