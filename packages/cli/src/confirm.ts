import { cannotRun } from './cannotRun.ts';
import type { Io } from './io.ts';

/**
 * Asks before something is changed; `isGiven` is the flag --yes. Resolves to false when the person says no.
 * @throws UserError where nobody can be asked
 */
export async function confirm(question: string, isGiven: boolean, io: Io): Promise<boolean> {
  if (isGiven) return true;
  const answer = await io.ask(`${question} [y/N] `);
  if (answer === undefined) {
    throw cannotRun('arguments', 'Nothing was changed: there is no terminal to ask at. Add --yes to go ahead.');
  }
  return /^y(?:es)?$/i.test(answer.trim());
}
