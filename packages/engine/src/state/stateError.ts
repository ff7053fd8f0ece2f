import { fileFault } from '../files/fileError.ts';
import { StateError } from '../ports/stateError.ts';

/** The StateError for a failed file operation. */
export function stateError(error: unknown, what: string): StateError {
  if (error instanceof StateError) return error;
  const { fault, text } = fileFault(error);
  return new StateError(fault, `${what}: ${text}`, error);
}
