import type { readFile, stat } from 'node:fs/promises';
import type { FileSystem as Writer } from '@omnia-buildstream/engine/files/fileSystem';
import type { Shown } from './shown.ts';

/** A stream for people or programs to read. */
export interface Output {
  readonly isTerminal: boolean;
  /** Nobody reads any more (`… | head`): what is written is lost, so stop producing it. */
  readonly isClosed: boolean;
  /** Nothing of it steers a terminal; see {@link Shown}. Resolves when the text is handed over. Rejects when it cannot be written, except to a closed output. */
  write(shown: Shown): Promise<void>;
}

/** What commands need of Node's file system: what is written goes through the engine's writer. */
export interface FileSystem extends Writer {
  readonly readFile: typeof readFile;
  readonly stat: typeof stat;
}

/** Everything outside the process that a command may touch. */
export interface Io {
  /** All of standard input. */
  readonly stdin: () => Promise<Uint8Array>;
  /** Asks a person at a terminal; undefined when there is none. */
  readonly ask: (question: string) => Promise<string | undefined>;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly fs: FileSystem;
  /** Folder that relative paths start from. */
  readonly cwd: string;
}

/** How a process ends. */
export const exitCodes = {
  /** Nothing to object to; warnings are allowed. */
  ok: 0,
  /** The command ran and found errors. */
  errorsFound: 1,
  /** The command could not run: bad arguments, a file that cannot be read or written. */
  cannotRun: 2,
} as const;
