import path from 'node:path';
import { nodeFiles } from '@omnia-buildstream/engine/files/fileSystem';
import { replaceFiles, type Replacement } from '@omnia-buildstream/engine/files/replace';

/** Enough for some versions of the command on some versions of Node. */
const mostFiles = 32;

/** Keeps compiled code for the next start, readable by nobody else. @throws what the file system throws */
export async function saveCode(folder: string, code: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const { mkdir, readdir, unlink } = nodeFiles;
  await mkdir(path.dirname(folder), { recursive: true });
  // If it exists, its owner and mode have been checked already.
  await mkdir(folder, { mode: 0o700 }).catch(() => undefined);
  const names = await readdir(folder);
  if (names.length + code.size > mostFiles) for (const name of names) await unlink(path.join(folder, name));
  const files = new Map<string, Replacement>();
  for (const [name, bytes] of code) {
    files.set(path.join(folder, name), { fill: (handle) => handle.writeFile(bytes), mode: 0o600 });
  }
  await replaceFiles(nodeFiles, files);
}
