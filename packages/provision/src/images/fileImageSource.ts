import type { readFile } from 'node:fs/promises';
import { ImageSourceError, type ImageGroup, type ImageSource } from '@omnia-buildstream/engine/ports/images';
import { readImageList } from './imageList.ts';

/** Image groups from a list on disk, read anew each time. */
export class FileImageSource implements ImageSource {
  readonly #file: string;
  readonly #readFile: typeof readFile;

  constructor(file: string, read: typeof readFile) {
    this.#file = file;
    this.#readFile = read;
  }

  async list(signal: AbortSignal): Promise<readonly ImageGroup[]> {
    let text: string;
    try {
      text = await this.#readFile(this.#file, { encoding: 'utf8', signal });
    } catch (error) {
      signal.throwIfAborted();
      const why = error instanceof Error ? error.message : String(error);
      throw new ImageSourceError('unreadable', `${this.#file} cannot be read: ${why}. Check the path.`, error);
    }
    return readImageList(text, this.#file);
  }
}
