import { nodeFiles } from '@omnia-buildstream/engine/files/fileSystem';
import type { StateStore } from '@omnia-buildstream/engine/ports/stateStore';
import {
  FileStateStore,
  readState,
  type SeenState,
  type StatePlace,
} from '@omnia-buildstream/engine/state/fileStateStore';
import { systemProcesses } from '@omnia-buildstream/engine/state/processIdentity';
import type { Shard } from './selection.ts';

/** The folder of a shard: shards run at the same time, on different machines perhaps, so none shares its state. */
export function shardFolder(folder: string, shard: Shard | undefined): string {
  return shard === undefined ? folder : `${folder}/shard-${String(shard.index)}-of-${String(shard.count)}`;
}

/** Opens a state folder and changes nothing: a run holds it. Rejects with StateError. */
export function openState(place: StatePlace): Promise<StateStore> {
  return FileStateStore.open(place, nodeFiles, systemProcesses());
}

/** Reads a state folder, whoever works with it. Rejects with StateError. */
export function lookAtState(place: StatePlace): Promise<SeenState> {
  return readState(place, nodeFiles, systemProcesses());
}
