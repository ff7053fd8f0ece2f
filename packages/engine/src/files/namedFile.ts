import { phrase } from '@omnia-buildstream/core/text/phrase';
import { refusalTexts } from './fileTexts.ts';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { NotOurs } from './fileError.ts';
import { codeOf, type FileSystem } from './fileSystem.ts';
import { fillAndSync, replaceFile, type Replacement } from './replace.ts';

/** A file that a person named: both absolute. */
export interface NamedFile {
  readonly file: string;
  /** The folder that they work in. */
  readonly within: string;
}

/**
 * Where a named file really is. Links are followed as long as they stay in the folder that the person works in, or in
 * the file's own folder if it is elsewhere: a link may have come with a clone, and must not redirect a write to a place
 * that nobody named. A file that does not exist yet is where it is named.
 * @throws NotOurs for a link that leaves it, and for anything but a regular file
 */
export async function realPlaceOf(fs: FileSystem, { file, within }: NamedFile): Promise<string> {
  const parent = path.dirname(file);
  const root = await fs.realpath(isIn(file, within) ? within : parent);
  const real = await fs.realpath(file).catch(async (error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
    return path.join(await fs.realpath(parent), path.basename(file));
  });
  if (!isIn(real, root)) {
    throw new NotOurs(phrase(refusalTexts.leadsOut, { real, root }));
  }
  const stats = await fs.lstat(real).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
    return undefined;
  });
  // A link that leads nowhere is replaced itself.
  if (stats !== undefined && !stats.isFile() && !stats.isSymbolicLink()) {
    throw new NotOurs(phrase(refusalTexts.notRegularFile));
  }
  return real;
}

/** Replaces or creates a named file atomically. @throws NotOurs, what the file system throws */
export async function writeNamed(
  fs: FileSystem,
  place: NamedFile,
  { content, ...how }: Omit<Replacement, 'fill'> & { readonly content: Content },
): Promise<void> {
  await replaceFile(fs, await realPlaceOf(fs, place), { ...how, fill: (handle) => put(handle, content) });
}

type Content = string | Uint8Array | AsyncIterable<Uint8Array>;

async function put(handle: FileHandle, content: Content): Promise<void> {
  if (typeof content === 'string' || content instanceof Uint8Array) await handle.writeFile(content);
  else for await (const piece of content) await handle.writeFile(piece);
}

/**
 * Creates a new file and keeps it open, for content that cannot be obtained again. @throws what the file system throws
 */
export async function reserve(fs: FileSystem, file: string, mode: number): Promise<ReservedFile> {
  const handle = await fs.open(file, 'wx', mode);
  return {
    keep: (text) => fillAndSync(handle, () => handle.writeFile(text, 'utf8')),
    async discard() {
      await handle.close();
      await fs.unlink(file);
    },
  };
}

export interface ReservedFile {
  keep(text: string): Promise<void>;
  discard(): Promise<void>;
}

function isIn(file: string, folder: string): boolean {
  const way = path.relative(folder, file);
  return way !== '' && way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}
