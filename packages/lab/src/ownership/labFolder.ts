import { chmod, lstat, mkdir, readdir, readFile, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StateError } from '@omnia-buildstream/engine/ports/stateError';
import { disown, isAbandoned, isOurs, own, ownerFile } from './owner.ts';
import { abandonedFolders, removeAll, temporaryFolder, type TemporaryFolder } from './temporaryFolder.ts';

/** Marks a folder permanently as created by a lab. A lab does not use a folder without the mark unless it is empty. */
const markFile = '.buildstream-lab';
const markText = 'This folder was made by "buildstream lab", which keeps its files here while it runs.\n';
/** File in the temporary folder of a lab that contains the path of the lab's folder. */
const pointerFile = 'folder';

const inputFolder = 'input';
const mappingFile = `${inputFolder}/pxe_mapping_file.csv` as const;
/** Everything that a lab ever writes; nothing else is removed. */
const files = [
  'lab.json',
  'lab.env',
  'servers.pem',
  'bmcs.pem',
  'ca.pem',
  'images.json',
  'hosts',
  mappingFile,
] as const;
const subfolders = ['boot', 'oim'] as const;

export type LabFileName = (typeof files)[number];
export type LabSubfolder = (typeof subfolders)[number];

const privateMode = 0o700;
const secretMode = 0o600;

/** The folder contains something that no lab wrote, or belongs to another user. */
export class NotALabFolder extends Error {
  constructor(folder: string) {
    super(`${folder} is not a folder of a lab, and not empty`);
    this.name = 'NotALabFolder';
  }
}

/**
 * The folder in which a running lab keeps what is needed to work with it: only for its user, and locked while the lab
 * runs. At the end the files that the lab wrote are removed, and the folder with them; what anyone else wrote or
 * changed there stays.
 */
export class LabFolder {
  readonly path: string;
  readonly #pointer: TemporaryFolder;
  readonly #written = new Map<string, string>();

  /** @throws NotALabFolder @throws StateError `locked` if another lab has it */
  static async take(folder: string): Promise<LabFolder> {
    await mkdir(folder, { recursive: true, mode: privateMode });
    if (!(await isOurs(folder)) || !(await isLabs(folder))) throw new NotALabFolder(folder);
    await chmod(folder, privateMode);
    await own(folder);
    await writeFile(path.join(folder, markFile), markText);
    await clear(folder);
    const pointer = await temporaryFolder();
    await writeFile(path.join(pointer.path, pointerFile), folder);
    return new LabFolder(folder, pointer);
  }

  private constructor(folder: string, pointer: TemporaryFolder) {
    this.path = folder;
    this.#pointer = pointer;
  }

  file(name: LabFileName): string {
    return path.join(this.path, name);
  }

  /** Writes the file atomically, with mode 0600. */
  async write(name: LabFileName, text: string): Promise<string> {
    const file = this.file(name);
    await mkdir(path.dirname(file), { recursive: true, mode: privateMode });
    if (!(await isOurs(path.dirname(file)))) throw new NotALabFolder(path.dirname(file));
    await rm(`${file}.tmp`, { force: true });
    await writeFile(`${file}.tmp`, text, { mode: secretMode, flag: 'wx' });
    await rename(`${file}.tmp`, file);
    this.#written.set(file, text);
    return file;
  }

  /** Creates a new, empty folder in it. */
  async subfolder(name: LabSubfolder): Promise<string> {
    const folder = path.join(this.path, name);
    await removeAll(folder);
    await mkdir(folder, { mode: privateMode });
    return folder;
  }

  async release(): Promise<void> {
    for (const [file, text] of this.#written) {
      if ((await readFile(file, 'utf8').catch(() => undefined)) === text) await unlink(file);
    }
    for (const name of subfolders) await removeAll(path.join(this.path, name));
    await leave(this.path);
    await this.#pointer.remove();
  }
}

/** Cleans up after labs that were killed. Resolves to the paths of what was removed. */
export async function removeLeftovers(parent?: string): Promise<string[]> {
  const removed: string[] = [];
  for (const temporary of await abandonedFolders(parent)) {
    const folder = await readFile(path.join(temporary, pointerFile), 'utf8').catch(() => undefined);
    if (folder !== undefined && (await clearAbandoned(folder))) removed.push(folder);
    await removeAll(temporary);
    removed.push(temporary);
  }
  return removed;
}

/** False if the folder is in use, or not a lab's. */
async function clearAbandoned(folder: string): Promise<boolean> {
  if (!path.isAbsolute(folder) || !(await isAbandoned(folder)) || !(await isLabs(folder))) return false;
  try {
    await own(folder);
  } catch (error) {
    // Another lab was faster and has it now.
    if (error instanceof StateError && error.reason === 'locked') return false;
    throw error;
  }
  await clear(folder);
  await leave(folder);
  return true;
}

/** Whether the folder is empty, or marked as a lab's. */
async function isLabs(folder: string): Promise<boolean> {
  const mark = await lstat(path.join(folder, markFile)).catch(() => undefined);
  return mark?.isFile() === true || (await readdir(folder)).length === 0;
}

async function clear(folder: string): Promise<void> {
  if (await isOurs(path.join(folder, inputFolder))) await rm(path.join(folder, mappingFile), { force: true });
  for (const name of files) if (name !== mappingFile) await rm(path.join(folder, name), { force: true });
  for (const name of subfolders) await removeAll(path.join(folder, name));
}

/** Releases the folder, and removes it unless it contains something else. */
async function leave(folder: string): Promise<void> {
  await rmdir(path.join(folder, inputFolder)).catch(() => undefined);
  const own = [markFile, ownerFile];
  // The user who started the lab may have removed the folder already.
  const isEmpty = (await readdir(folder).catch(() => [])).every((name) => own.includes(name));
  if (isEmpty) await rm(path.join(folder, markFile), { force: true });
  await disown(folder);
  if (isEmpty) await rmdir(folder).catch(() => undefined);
}
