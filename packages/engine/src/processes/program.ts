/** The result of running a program once. */
export interface ProgramAnswer {
  /** undefined: there is no such program on this machine, or it was ended by a signal. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** There is no such program. */
  readonly isMissing: boolean;
  /** It printed more than is kept: the end is missing. */
  readonly isCut?: boolean;
}

/** Runs one program; rejects with the signal's reason after ending it. */
export type ProgramRunner = (args: readonly string[], signal: AbortSignal) => Promise<ProgramAnswer>;
