import { nodeFiles, type FileSystem } from '@omnia-buildstream/engine/files/fileSystem';
import type { Clock, Random } from '@omnia-buildstream/engine/ports/clock';
import { systemProcesses, type ProcessTable } from '@omnia-buildstream/engine/state/processIdentity';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { userRunsFolder } from './others/userRunsFolder.ts';

/** What the stages need from the machine they run on, apart from the network; tests provide their own. */
export interface Machine {
  readonly clock: Clock;
  /** Measures the limits of single requests to BMCs; by default `clock`. */
  readonly limitClock?: Clock;
  readonly random: Random;
  /** A new UUID. */
  readonly newId: () => string;
  /** Writes our files. */
  readonly fs: FileSystem;
  /** Identifies the holder of a state's lock: this process, and whether another one is still alive. */
  readonly processes: ProcessTable;
  /** Folder in which this user's runs register themselves, absolute. */
  readonly runsFolder: () => string;
}

export const thisMachine: Machine = {
  clock: systemClock,
  random: Math.random,
  // A function, because Node.js loads its whole cryptography module for the first UUID.
  newId: () => crypto.randomUUID(),
  fs: nodeFiles,
  processes: systemProcesses(),
  runsFolder: () => userRunsFolder(),
};
