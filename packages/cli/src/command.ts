import type { ExitCode } from './exitCodes.ts';
import type { Io } from './io.ts';

/** Runs a command with the arguments after its name; resolves to the exit code. May reject with UserError. */
export type CommandMain = (args: readonly string[], io: Io) => Promise<ExitCode>;

/** The same for a command that describes the others. */
export type ProgramMain = (args: readonly string[], io: Io, program: Program) => Promise<ExitCode>;

/** The whole command line, for commands that describe the others. */
export interface Program {
  /** What each command does, by its name. */
  readonly summaries: ReadonlyMap<string, string>;
  /** What `--help` prints after these words; without any: the help of the command line itself. */
  readonly help: (path: readonly string[]) => Promise<string>;
}

export interface Command {
  /** What it does, in a few words. */
  readonly summary: string;
  /** Each command is loaded when it is called, so that a large one does not slow the others down. */
  readonly load: () => Promise<ProgramMain>;
  /** Earlier names of its options with the current ones, without dashes. The earlier names keep working. */
  readonly renamed?: Readonly<Record<string, string>>;
}
