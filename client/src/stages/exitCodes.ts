/** Exit codes of a task, the same as those of the command line. */
export const exitCodes = { ok: 0, cannotRun: 2, someFailed: 3 } as const;
