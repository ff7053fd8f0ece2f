import { link, mkdir, open, readFile, rename, truncate, unlink, writeFile } from 'node:fs/promises';
import type { FoundState, StateStore } from '@omnia-buildstream/engine/ports/stateStore';
import { FileStateStore, readState } from '@omnia-buildstream/engine/state/fileStateStore';
import { holderNow } from '@omnia-buildstream/engine/state/lock';
import { systemProcesses } from '@omnia-buildstream/engine/state/processIdentity';
import { stateFileNames } from '@omnia-buildstream/engine/state/stateFiles';
import type { Shard } from './selection.ts';

const stateFs = { link, mkdir, open, readFile, rename, truncate, unlink, writeFile };

/** The folder of a shard: shards run at the same time, on different machines perhaps, so none shares its state. */
export function shardFolder(folder: string, shard: Shard | undefined): string {
  return shard === undefined ? folder : `${folder}/shard-${String(shard.index)}-of-${String(shard.count)}`;
}

/** Opens and locks a state folder, an absolute path. Rejects with StateError. */
export function openState(folder: string): Promise<StateStore> {
  return FileStateStore.open(folder, stateFs, systemProcesses());
}

export interface SeenState extends FoundState {
  /** A run works with it now. */
  readonly isInUse: boolean;
}

/** Reads a state folder, an absolute path, without locking or changing it. Rejects with StateError. */
export async function lookAtState(folder: string): Promise<SeenState> {
  const holder = await holderNow(stateFs, `${folder}/${stateFileNames.lock}`, systemProcesses());
  return { ...(await readState(folder, stateFs)), isInUse: holder !== undefined };
}
