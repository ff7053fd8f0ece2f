import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isAbandoned, own } from './owner.ts';

const prefix = 'buildstream-lab-';

export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Creates a folder for this user only (mode 0700). It names its owner, so that a later lab can clean up after a kill.
 */
export async function temporaryFolder(parent = tmpdir()): Promise<TemporaryFolder> {
  const folder = await mkdtemp(path.join(parent, prefix));
  await own(folder);
  return { path: folder, remove: () => removeAll(folder) };
}

/** Temporary folders of labs that were killed. */
export async function abandonedFolders(parent = tmpdir()): Promise<string[]> {
  const names = await readdir(parent).catch(() => []);
  const folders = names.filter((name) => name.startsWith(prefix)).map((name) => path.join(parent, name));
  const isLeft = await Promise.all(folders.map(isAbandoned));
  return folders.filter((_, index) => isLeft[index]);
}

export function removeAll(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
