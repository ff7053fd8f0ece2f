/** How a task ends, as the command line does. */
export const exitCodes = { ok: 0, cannotRun: 2, someFailed: 3 } as const;
