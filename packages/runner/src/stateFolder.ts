import { stateFileNames } from '@omnia-buildstream/core/restart/engineState';
import type { StateStore } from '@omnia-buildstream/engine/ports/stateStore';
import {
  FileStateStore,
  readState,
  type SeenState,
  type StatePlace,
} from '@omnia-buildstream/engine/state/fileStateStore';
import { thisMachine, type Machine } from './machine.ts';
import type { Shard } from './selection.ts';

/** The files of a state that views of nodes read. */
export const watchedStateFiles: readonly string[] = [
  stateFileNames.journal,
  stateFileNames.restartState,
  stateFileNames.failedNodes,
];

type Place = Pick<Machine, 'fs' | 'processes'>;

/** The folder of a shard: shards run at the same time, possibly on different machines, so each has its own state. */
export function shardFolder(folder: string, shard: Shard | undefined): string {
  return shard === undefined ? folder : `${folder}/shard-${String(shard.index)}-of-${String(shard.count)}`;
}

/**
 * Opens a state folder without changing anything; only a run locks it. @throws StateError `locked` while a run uses it
 */
export function openState(place: StatePlace, { fs, processes }: Place = thisMachine): Promise<StateStore> {
  return FileStateStore.open(place, fs, processes);
}

/** Reads a state folder, even while a run uses it. @throws StateError */
export function lookAtState(place: StatePlace, { fs, processes }: Place = thisMachine): Promise<SeenState> {
  return readState(place, fs, processes);
}
