import type { readFile, stat } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import type { ProgramRunner } from '@omnia-buildstream/engine/processes/program';
import type { SshRunner } from '@omnia-buildstream/engine/validate/probes/ssh';
import type { Machine } from '@omnia-buildstream/runner/machine';
import type { ShownPlan } from './run/approvedPlan.ts';
import type { Shown } from './shown.ts';

/** A stream for people or programs to read. */
export interface Output {
  readonly isTerminal: boolean;
  /** Nobody is reading anymore (`… | head`): what is written is lost, so stop producing it. */
  readonly isClosed: boolean;
  /**
   * Nothing in it controls a terminal; see {@link Shown}. Resolves when the text is handed over. Rejects when it cannot
   * be written, except to a closed output.
   */
  write(shown: Shown): Promise<void>;
}

/** What commands need of Node's file system; writing goes through the engine's writer. */
export type FileSystem = Machine['fs'] & {
  readonly readFile: typeof readFile;
  readonly stat: typeof stat;
};

/** What a process is told from outside: Ctrl-C, the request to terminate, and that its terminal has gone. */
export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** Everything outside the process that a command may touch, except the network, and Molecule. */
export interface Io extends Machine {
  readonly fs: FileSystem;
  /** All of standard input. */
  readonly stdin: () => Promise<Uint8Array>;
  /** The raw standard streams, for a protocol of bytes. Nothing else in the command may read or write them. */
  readonly streams: () => { readonly input: Readable; readonly output: Writable };
  /** Asks a person at a terminal; undefined when there is none. */
  readonly ask: (question: string) => Promise<string | undefined>;
  /** The same without showing what is typed; undefined also when the person gives up. */
  readonly askSecret: (question: string) => Promise<string | undefined>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder that relative paths start from. */
  readonly cwd: string;
  /** Reports these signals, which end the process if nobody listens. @returns what stops the listening */
  readonly onSignal: (names: readonly Signal[], listener: (signal: Signal) => void) => () => void;
  /** Reports that standard input, whose text is discarded, has ended. @returns what stops the listening */
  readonly onInputEnd: (listener: () => void) => () => void;
  /** What this runs on: the version of Node, and the machine as Node names it. */
  readonly runtime: { readonly node: string; readonly platform: string; readonly arch: string };
  /** The number of the user; undefined where users have none. */
  readonly uid: number | undefined;
  /** What `git` prints; undefined without git, or when it refuses. */
  readonly git: (args: readonly string[]) => Promise<string | undefined>;
  /** The system's `ssh`. */
  readonly ssh: SshRunner;
  /** The system's `kubectl`. */
  readonly kubectl: ProgramRunner;
  /** Whether the user lets language models propose changes, by a file that no project can write. */
  readonly changesAllowed: () => Promise<boolean>;
  /** Told of each plan that a command shows for approval; absent: a person reads it at a terminal. */
  readonly onPlan?: (plan: ShownPlan) => void;
}
