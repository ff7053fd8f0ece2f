import { randomUUID } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

/** Opens the file that becomes the real one at the end. */
export type OpenFile = (file: string) => Promise<Pick<FileHandle, 'writeFile' | 'sync' | 'close'>>;

/**
 * Writes a stream to a file, piece by piece. The file appears, or is replaced, when everything is on the disk; after a
 * failure it is as it was before.
 * @throws what the stream or the file system throws
 */
export async function saveStream(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  openFile: OpenFile = (name) => open(name, 'wx'),
): Promise<void> {
  const part = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}.part`);
  try {
    const handle = await openFile(part);
    try {
      for await (const chunk of chunks) await handle.writeFile(chunk);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
