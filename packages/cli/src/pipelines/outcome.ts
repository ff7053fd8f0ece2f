import type { Outcome } from '@omnia-buildstream/gitlab/api/outcome';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import type { Io } from '../io.ts';

/**
 * Says what is known after something was sent, and what is not.
 * @param done what happened, as a sentence
 * @param look where to look
 */
export async function tellOutcome<T>(
  outcome: Outcome<T>,
  { done, look }: { done: (value: T) => string; look: string },
  io: Io,
): Promise<ExitCode> {
  switch (outcome.kind) {
    case 'done':
      await io.stdout.write(`${done(outcome.value)}\n`);
      return exitCodes.ok;
    case 'found':
      await io.stderr.write(`No response was received (${outcome.error.message}), but GitLab carried it out:\n`);
      await io.stdout.write(`${done(outcome.value)}\n`);
      return exitCodes.ok;
    case 'not-seen':
      await io.stderr.write(
        `No response was received: ${outcome.error.message}.\n` +
          `It has had no visible effect so far. Check before you retry: ${look}\n`,
      );
      return exitCodes.notAllDone;
    case 'unknown':
      await io.stderr.write(
        `No response was received: ${outcome.error.message}.\n` +
          `It is unknown whether it was carried out, because the state cannot be read: ${outcome.readError.message}.\n` +
          `Check before you retry: ${look}\n`,
      );
      return exitCodes.notAllDone;
  }
}
