import { nodeFiles, type FileSystem } from '@omnia-buildstream/engine/files/fileSystem';
import type { Clock, Random } from '@omnia-buildstream/engine/ports/clock';
import { systemProcesses, type ProcessTable } from '@omnia-buildstream/engine/state/processIdentity';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { userRunsFolder } from './others/userRunsFolder.ts';

/** What the stages need of the machine they run on, besides the network; tests bring their own. */
export interface Machine {
  readonly clock: Clock;
  readonly random: Random;
  /** A new UUID. */
  readonly newId: () => string;
  /** Where files of ours are written. */
  readonly fs: FileSystem;
  /** Who holds the lock of a state: this process, and whether another one still lives. */
  readonly processes: ProcessTable;
  /** Folder in which runs of this user register themselves, absolute. */
  readonly runsFolder: () => string;
}

export const thisMachine: Machine = {
  clock: systemClock,
  random: Math.random,
  // Node loads all of its cryptography for the first one, and only then.
  newId: () => crypto.randomUUID(),
  fs: nodeFiles,
  processes: systemProcesses(),
  runsFolder: () => userRunsFolder(),
};
