import { isUserError } from '@omnia-buildstream/core/errors/userError';
import type { Stats } from 'node:fs';
import { realPlaceOf } from '@omnia-buildstream/engine/files/namedFile';
import { replaceFile as replace } from '@omnia-buildstream/engine/files/replace';
import { causeOf, cannotRun } from '../cannotRun.ts';
import type { FileSystem } from '../io.ts';

/** The file behind a path, as it was just before it was read. */
export interface Target {
  /** Symbolic links resolved, so that the link stays and its target is written. */
  readonly realPath: string;
  readonly stats: Stats;
}

/**
 * Checks a file that may be replaced later, named relative to the folder `within`. @throws UserError when it must not
 * be
 */
export async function findTarget(file: string, within: string, fs: FileSystem): Promise<Target> {
  const realPath = await fs.realpath(file);
  const stats = await fs.stat(realPath);
  if (!stats.isFile()) throw cannotRun('file', `${file} is not a regular file, so it cannot be repaired in place.`);
  await realPlaceOf(fs, { file, within }).catch((error: unknown) => {
    throw cannotRun('file', `${file} cannot be written: ${causeOf(error)}.`);
  });
  // Root can write everything, and replacing a file does not depend on its own permissions.
  if ((stats.mode & 0o222) === 0) {
    throw cannotRun('file', `${file} is read-only. Make it writable, for example with chmod u+w.`);
  }
  return { realPath, stats };
}

/**
 * Replaces a file atomically. Whatever fails, the old content is still there. Mode and owner stay. @throws UserError
 */
export async function replaceFile(
  file: string,
  { realPath, stats }: Target,
  text: string,
  fs: FileSystem,
): Promise<void> {
  try {
    await replace(fs, realPath, {
      mode: 0o600,
      async fill(handle) {
        await handle.writeFile(text, 'utf8');
        await handle.chmod(stats.mode & 0o7777);
        const { uid, gid } = await handle.stat();
        // Only root may give files away; a new owner is no reason to fail.
        if (uid !== stats.uid || gid !== stats.gid) await handle.chown(stats.uid, stats.gid).catch(() => undefined);
      },
      async beforeRename() {
        const now = await fs.stat(realPath);
        if (now.mtimeMs === stats.mtimeMs && now.size === stats.size) return;
        throw cannotRun('file', `${file} was changed by somebody else meanwhile. Nothing was written; run it again.`);
      },
    });
  } catch (error) {
    if (isUserError(error)) throw error;
    throw cannotRun('file', `${file} cannot be written: ${causeOf(error)}. The file is unchanged.`);
  }
}
