import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { nodeFiles } from '@omnia-buildstream/engine/files/fileSystem';
import { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import { heldNow, releaseLock, takeLock } from '@omnia-buildstream/engine/state/lock';
import { systemProcesses } from '@omnia-buildstream/engine/state/processIdentity';

/** Identifies the process that a folder belongs to: its ID, its start time, the boot of the machine, the host. */
export const ownerFile = '.owner';

/** @throws StateError `locked` if a running process has it, including this one */
export function own(folder: string): Promise<void> {
  return takeLock(new OwnFolder(folder, nodeFiles), ownerFile, systemProcesses());
}

export function disown(folder: string): Promise<void> {
  return releaseLock(new OwnFolder(folder, nodeFiles), ownerFile, systemProcesses());
}

/** Whether a folder of ours names an owner that has certainly exited. On another host this is unknown. */
export async function isAbandoned(folder: string): Promise<boolean> {
  const file = path.join(folder, ownerFile);
  if (
    !(await isOurs(folder)) ||
    !(await lstat(file).then(
      (found) => found.isFile(),
      () => false,
    ))
  )
    return false;
  return (await heldNow(new OwnFolder(folder, nodeFiles), ownerFile, systemProcesses())) === undefined;
}

/** Whether it is a folder, not a link to one, and belongs to the user of this process. */
export async function isOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true) return false;
  return process.getuid === undefined || found.uid === process.getuid();
}
