import path from 'node:path';
import { nodeFiles, type FileSystem } from '@omnia-buildstream/engine/files/fileSystem';
import { writeNamed } from '@omnia-buildstream/engine/files/namedFile';

/**
 * Writes a stream to a file, piece by piece. The file appears or is replaced only once everything is on disk; after a
 * failure it is unchanged.
 * @throws what the stream or the file system throws; NotOurs if a link leads elsewhere
 */
export async function saveStream(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  fs: FileSystem = nodeFiles,
): Promise<void> {
  await writeNamed(fs, { file, within: path.dirname(file) }, { content: chunks });
}
