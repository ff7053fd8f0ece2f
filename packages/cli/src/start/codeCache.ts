import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import path from 'node:path';

/** What is needed of Node's `process`. */
type Surroundings = Pick<NodeJS.Process, 'env' | 'platform' | 'version' | 'arch' | 'getuid'>;

const maxBytes = 32 * 1024 * 1024;
const groupOrOthers = 0o077;

/**
 * Compiled code of the command, kept for the next start. It is run as it is, so it is only taken from a folder that
 * belongs to the user and that nobody else can enter; never from a project.
 */
export class CodeCache {
  readonly folder: string;
  readonly #uid: number;
  readonly #prefix: string;

  private constructor(folder: string, uid: number, prefix: string) {
    this.folder = folder;
    this.#uid = uid;
    this.#prefix = prefix;
  }

  /**
   * Undefined where users have no numbers, where the environment names no home, where the home belongs to somebody else
   * (as with `sudo`), and where NODE_DISABLE_COMPILE_CACHE says to keep nothing.
   */
  static ofUser({ env, platform, version, arch, getuid }: Surroundings, key: string): CodeCache | undefined {
    const uid = getuid?.();
    const above = cachesFolder(env, platform);
    if (uid === undefined || above === undefined || env['NODE_DISABLE_COMPILE_CACHE']) return undefined;
    const folder = path.join(above, 'omnia-buildstream');
    const stats = lstatSync(folder, { throwIfNoEntry: false });
    const isUsable = stats === undefined ? isOwnedAbove(above, uid) : isPrivate(stats, uid);
    return isUsable ? new CodeCache(folder, uid, `${version}-${arch}-${key}`) : undefined;
  }

  /** The file of the parts that are compiled as one script. */
  nameOf(wanted: string, names: readonly string[]): string {
    return `${this.#prefix}-${wanted.replaceAll(/\W/g, '')}-${hash(names.join())}`;
  }

  /** Undefined when there is none that is ours. */
  read(name: string): Buffer | undefined {
    let handle: number | undefined;
    try {
      handle = openSync(path.join(this.folder, name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
      const stats = fstatSync(handle);
      if (!stats.isFile() || stats.uid !== this.#uid || (stats.mode & 0o022) !== 0 || stats.size > maxBytes)
        return undefined;
      const bytes = Buffer.allocUnsafeSlow(stats.size);
      return readSync(handle, bytes, 0, stats.size, 0) === stats.size ? bytes : undefined;
    } catch {
      return undefined;
    } finally {
      if (handle !== undefined) closeSync(handle);
    }
  }
}

/** XDG's folder, or the system's own; a relative path would depend on the project. */
function cachesFolder(env: Surroundings['env'], platform: string): string | undefined {
  const { XDG_CACHE_HOME: named = '', HOME: home = '' } = env;
  if (path.isAbsolute(named)) return named;
  if (!path.isAbsolute(home)) return undefined;
  return path.join(home, platform === 'darwin' ? 'Library/Caches' : '.cache');
}

function isPrivate(stats: Stats, uid: number): boolean {
  return stats.isDirectory() && stats.uid === uid && (stats.mode & groupOrOthers) === 0;
}

/** The nearest existing folder above it belongs to the user: no file of root is left in somebody else's home. */
function isOwnedAbove(folder: string, uid: number): boolean {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (stats !== undefined) return stats.isDirectory() && stats.uid === uid;
  const parent = path.dirname(folder);
  return parent !== folder && isOwnedAbove(parent, uid);
}

/** A short name for a list of names (FNV-1a). */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return (value >>> 0).toString(16);
}
