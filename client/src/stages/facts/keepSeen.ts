import path from 'node:path';
import { seenPlace } from '@omnia-buildstream/core/nodes/projectPlaces';
import { readSeen, renderSeen } from '@omnia-buildstream/core/nodes/seenFile';
import { withSeen, type SeenNodes } from '@omnia-buildstream/core/nodes/seenNodes';
import { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import { machine } from '../machine.ts';
import type { StageContext } from '../stageContext.ts';

/**
 * Keeps what was seen of nodes where every window on the project reads it. That it cannot be kept is no matter of who
 * looked: this window shows it all the same.
 * @param project absolute path
 */
export async function keepSeen(
  project: string,
  seen: Partial<SeenNodes>,
  { log }: Pick<StageContext, 'log'>,
): Promise<void> {
  const folder = new OwnFolder(path.join(project, path.posix.dirname(seenPlace)), machine.fs, project);
  const name = path.posix.basename(seenPlace);
  try {
    await folder.make();
    const all = withSeen(readSeen(await folder.read(name)), seen);
    await folder.replace(new Map([[name, renderSeen(all)]]));
  } catch (error) {
    log.warn(`What was seen of nodes could not be kept: ${String(error)}`);
  }
}
