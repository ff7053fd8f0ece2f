import { constants } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readRegular } from '@omnia-buildstream/core/files/readRegular';
import { nodeFiles as fs } from '@omnia-buildstream/engine/files/fileSystem';
import { isJsonObject } from '@omnia-buildstream/core/text/jsonFields';

/** The location of the user's own settings, over which no project and no environment variable has control. */
interface UserPlace {
  /** Absolute. */
  readonly folder: string;
  /** User ID; undefined on systems without one. */
  readonly uid: number | undefined;
}

const settingsFile = 'tools.json';
const maxBytes = 65_536;
const groupOrOthersWrite = 0o022;

/**
 * Whether the user allows language models to propose changes: `{ "allowChanges": true }` in a file that belongs to the
 * user and that nobody else may write, in a folder for which the same is true. Anything else means no.
 */
export async function changesAllowed({ folder, uid }: UserPlace = placeOfUser()): Promise<boolean> {
  try {
    if (!isOwn(await fs.lstat(folder), uid)) return false;
    // A symbolic link could lead into a project.
    const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;
    const file = await fs.open(path.join(folder, settingsFile), os.platform() === 'win32' ? 'r' : flags);
    const stats = await file.stat();
    const bytes = await readRegular(file, maxBytes);
    if (!isOwn(stats, uid)) return false;
    const settings: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isJsonObject(settings) && settings['allowChanges'] === true;
  } catch {
    // If the file is missing, unreadable or not JSON, nothing was allowed.
    return false;
  }
}

function isOwn(stats: { readonly uid: number; readonly mode: number }, uid: number | undefined): boolean {
  return uid === undefined || (stats.uid === uid && (stats.mode & groupOrOthersWrite) === 0);
}

/** According to the system's user database, because a project's processes may set HOME and XDG_CONFIG_HOME. */
function placeOfUser(): UserPlace {
  const { homedir } = os.userInfo();
  return { folder: path.join(homedir, '.config', 'omnia-buildstream'), uid: process.getuid?.() };
}
