import { phrase } from '@omnia-buildstream/core/text/phrase';
import { refusalTexts } from './fileTexts.ts';
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { NotOurs } from './fileError.ts';
import { fileName } from './fileName.ts';
import { codeOf, type FileSystem } from './fileSystem.ts';
import { fillAndSync, leftBehind, replaceFiles, textOf } from './replace.ts';

/** Zero where a system does not have it (Windows). */
const flag = (name: 'O_NOFOLLOW' | 'O_NONBLOCK'): number => (constants as Partial<typeof constants>)[name] ?? 0;
const readOnly = constants.O_RDONLY | flag('O_NOFOLLOW') | flag('O_NONBLOCK');
const appending = constants.O_WRONLY | constants.O_APPEND | flag('O_NOFOLLOW') | flag('O_NONBLOCK');
/** On Linux a single write can be durable, which takes one operation of the disk instead of two. */
const durably = process.platform === 'linux' ? constants.O_DSYNC : 0;

/** More than this is not a file of ours: a run over ten thousand nodes keeps a journal of some megabytes. */
const maxBytes = 256 * 1024 * 1024;

/** The folder for the state, reports and history of a project; git ignores it. */
const stateFolder = '.buildstream';
const ignoreAll = '*\n';

/**
 * A folder of files of ours, and the only way to read and write them. Nothing below `within` (a project, which somebody
 * else may have made) goes through a symbolic link, be it to a folder or to a file: such a link is refused, wherever it
 * leads. `within` itself and what is above it are the responsibility of whoever named it. A folder outside `within` was
 * named explicitly, and is taken as it is. Folders can be moved while we write, but only by somebody who can write
 * there anyway.
 */
export class OwnFolder {
  readonly path: string;
  readonly #fs: FileSystem;
  /** The folders below the root, the outermost first. */
  readonly #below: readonly string[];
  readonly #root: string;

  /** @param folder absolute */
  constructor(folder: string, fs: FileSystem, within = folder) {
    this.path = folder;
    this.#fs = fs;
    const steps = path.relative(within, folder).split(path.sep);
    const isInside = steps[0] !== '..' && !path.isAbsolute(steps[0] ?? '') && steps[0] !== '';
    this.#root = isInside ? within : folder;
    this.#below = isInside ? steps.map((_, index) => path.join(within, ...steps.slice(0, index + 1))) : [];
  }

  /** Makes the folder, and those above it. @throws NotOurs, or what the file system throws */
  async make(): Promise<void> {
    await this.#fs.mkdir(this.#root, { recursive: true });
    for (const folder of this.#below) {
      await this.#fs.mkdir(folder).catch((error: unknown) => {
        if (codeOf(error) !== 'EEXIST') throw error;
      });
      await this.#refuseLink(folder);
      if (path.basename(folder) === stateFolder) await new OwnFolder(folder, this.#fs, this.#root).#hideFromGit();
    }
  }

  /**
   * An existing one stays as it is: somebody may want their history in git. A problem with git's view of it is no
   * reason to end a run.
   */
  async #hideFromGit(): Promise<void> {
    await this.create('.gitignore', ignoreAll).catch(() => undefined);
  }

  /** Refuses the folder when a link leads to it; a folder that does not exist yet is not a link. */
  async check(): Promise<void> {
    for (const folder of this.#below) if (!(await this.#refuseLink(folder))) return;
  }

  /** A folder in this one, not created yet. */
  inner(name: string): OwnFolder {
    return new OwnFolder(path.join(this.path, fileName(name)), this.#fs, this.#root);
  }

  fileOf(name: string): string {
    return path.join(this.path, fileName(name));
  }

  /** The text of a file; undefined when there is none. */
  async read(name: string): Promise<string | undefined> {
    await this.check();
    const handle = await this.#fs.open(this.fileOf(name), readOnly).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    });
    if (handle === undefined) return undefined;
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) throw new NotOurs(phrase(refusalTexts.notRegular, { file: this.fileOf(name) }));
      if (stats.size > maxBytes) throw new NotOurs(phrase(refusalTexts.tooLarge, { file: this.fileOf(name) }));
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  }

  /** Replaces files in the order given, each atomically; see `replaceFiles`. */
  async replace(texts: ReadonlyMap<string, string | Iterable<string>>, mode = 0o644): Promise<void> {
    await replaceFiles(
      this.#fs,
      new Map([...texts].map(([name, text]) => [this.fileOf(name), { fill: textOf(text), mode }])),
    );
  }

  /** Creates a new file, with its text on the disk. */
  async create(name: string, text: string): Promise<void> {
    const handle = await this.#fs.open(this.fileOf(name), 'wx', 0o644);
    try {
      await fillAndSync(handle, () => handle.writeFile(text, 'utf8'));
    } catch (error) {
      await this.remove(name).catch(() => undefined);
      throw error;
    }
  }

  /** Opens a new file, for one text after the other. */
  openNew(name: string): Promise<FileHandle> {
    return this.#fs.open(this.fileOf(name), 'wx', 0o644);
  }

  /** Opens an existing file to append to it. */
  append(name: string): Promise<FileHandle> {
    return this.#fs.open(this.fileOf(name), appending);
  }

  /**
   * The same; where `isDurable`, what is written is on the disk before the write ends, otherwise it has to be flushed.
   */
  async appendDurably(name: string): Promise<{ readonly handle: FileHandle; readonly isDurable: boolean }> {
    return { handle: await this.#fs.open(this.fileOf(name), appending | durably), isDurable: durably !== 0 };
  }

  /** Gives a file another name as well; fails with EEXIST when something has it. */
  async link(from: string, to: string): Promise<void> {
    await this.#fs.link(this.fileOf(from), this.fileOf(to));
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#fs.rename(this.fileOf(from), this.fileOf(to));
  }

  /** Removes a file; one that is already gone counts as removed. */
  async remove(name: string): Promise<void> {
    await this.#fs.unlink(this.fileOf(name)).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error;
    });
  }

  /** Creates a new folder in this one; undefined when something has its name. */
  async makeNew(name: string): Promise<OwnFolder | undefined> {
    const folder = this.inner(name);
    try {
      await this.#fs.mkdir(folder.path);
      return folder;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return undefined;
      throw error;
    }
  }

  async names(): Promise<string[]> {
    return this.#fs.readdir(this.path);
  }

  /** Removes temporary files of runs that were killed. Only for the holder of the folder's lock. */
  async sweep(): Promise<void> {
    for (const name of await this.names()) if (leftBehind.test(name)) await this.remove(name);
  }

  /** Whether the folder exists. */
  async #refuseLink(folder: string): Promise<boolean> {
    try {
      const stats = await this.#fs.lstat(folder);
      if (stats.isSymbolicLink()) {
        throw new NotOurs(phrase(refusalTexts.link, { folder, root: this.#root }));
      }
      if (!stats.isDirectory()) throw new NotOurs(phrase(refusalTexts.notFolder, { folder }));
      return true;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    }
  }
}
