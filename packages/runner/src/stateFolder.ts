import { link, mkdir, open, readFile, rename, truncate, unlink, writeFile } from 'node:fs/promises';
import type { StateStore } from '@omnia-buildstream/engine/ports/stateStore';
import { FileStateStore } from '@omnia-buildstream/engine/state/fileStateStore';
import { systemProcesses } from '@omnia-buildstream/engine/state/processIdentity';
import type { Shard } from './selection.ts';

/** The folder of a shard: shards run at the same time, on different machines perhaps, so none shares its state. */
export function shardFolder(folder: string, shard: Shard | undefined): string {
  return shard === undefined ? folder : `${folder}/shard-${String(shard.index)}-of-${String(shard.count)}`;
}

/** Opens and locks a state folder, an absolute path. Rejects with StateError. */
export function openState(folder: string): Promise<StateStore> {
  return FileStateStore.open(
    folder,
    { link, mkdir, open, readFile, rename, truncate, unlink, writeFile },
    systemProcesses(),
  );
}
