import type { TestReport } from './types.ts';

/**
 * Whether a report of the validate stage is from before the last restart, and so says nothing about the nodes as they
 * are now.
 * @param restartedAt when the state of that restart was written; undefined: none is known
 */
export function isBeforeRestart(
  { startedAt }: Pick<TestReport, 'startedAt'>,
  restartedAt: string | undefined,
): boolean {
  return restartedAt !== undefined && Date.parse(startedAt) < Date.parse(restartedAt);
}

/** When the newest of some restarts was written; undefined when none has been. */
export function lastRestart(states: readonly { readonly updatedAt: string | undefined }[]): string | undefined {
  const times = states.flatMap(({ updatedAt }) => (updatedAt === undefined ? [] : [updatedAt]));
  return times.sort((one, other) => Date.parse(other) - Date.parse(one))[0];
}
