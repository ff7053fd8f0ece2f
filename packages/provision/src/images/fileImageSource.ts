import { phrase } from '@omnia-buildstream/core/text/phrase';
import { saidOf } from '@omnia-buildstream/core/text/saidError';
import { imageListTexts } from './imageListTexts.ts';
import type { readFile } from 'node:fs/promises';
import { ImageSourceError, type ImageGroup, type ImageSource } from '@omnia-buildstream/engine/ports/images';
import { readImageList } from './imageList.ts';

/** Image groups from a list on disk, which is read again for each call. */
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
      const what = phrase(imageListTexts.notReadable, { file: this.#file, why: saidOf(error) });
      throw new ImageSourceError('unreadable', what, error);
    }
    return readImageList(text, this.#file);
  }
}
