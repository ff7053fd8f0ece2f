import { together, type Said } from '@omnia-buildstream/core/text/phrase';
import { fileFault } from '../files/fileError.ts';
import { StateError } from '../ports/stateError.ts';

/** The StateError for a failed file operation. */
export function stateError(error: unknown, what: Said): StateError {
  if (error instanceof StateError) return error;
  const { fault, said } = fileFault(error);
  return new StateError(fault, together([what, said], ': '), error);
}
