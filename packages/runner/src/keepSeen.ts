import path from 'node:path';
import { seenPlace } from '@omnia-buildstream/core/nodes/projectPlaces';
import { readSeen, renderSeen } from '@omnia-buildstream/core/nodes/seenFile';
import { withSeen, type SeenNodes } from '@omnia-buildstream/core/nodes/seenNodes';
import { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import { whileLocked } from '@omnia-buildstream/engine/state/lockedFolder';
import type { Machine } from './machine.ts';

const lockName = 'seen.lock';

/**
 * Stores what was seen of nodes where every window of the project reads it. Windows write one after the other, so that
 * none removes what another one has just stored.
 * @param project absolute path
 * @throws StateError `locked`, or what the file system throws
 */
export async function keepSeen(
  project: string,
  seen: Partial<SeenNodes>,
  { fs, processes, clock }: Pick<Machine, 'fs' | 'processes' | 'clock'>,
): Promise<void> {
  const folder = new OwnFolder(path.join(project, path.posix.dirname(seenPlace)), fs, project);
  const name = path.posix.basename(seenPlace);
  await folder.make();
  await whileLocked(folder, lockName, { processes, clock }, async () => {
    const all = withSeen(readSeen(await folder.read(name)), seen);
    await folder.replace(new Map([[name, renderSeen(all)]]));
  });
}
