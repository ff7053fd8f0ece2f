import { inSentences } from '@omnia-buildstream/core/text/phrase';
import { ImageSourceError, type ImageGroup, type ImageSource } from '@omnia-buildstream/engine/ports/images';
import type { OimClient } from './api/oimClient.ts';
import { OimError } from './oimError.ts';

/** The image groups that the BuildStreaM API reports as BUILT or later: those that can be or have been deployed. */
export class OimImageSource implements ImageSource {
  readonly #client: Pick<OimClient, 'images'>;

  constructor(client: Pick<OimClient, 'images'>) {
    this.#client = client;
  }

  async list(signal: AbortSignal): Promise<readonly ImageGroup[]> {
    try {
      return await this.#client.images('BUILT', signal);
    } catch (error) {
      throw error instanceof OimError
        ? new ImageSourceError(reasonOf(error), inSentences(error.phrases), error)
        : error;
    }
  }
}

function reasonOf({ reason }: OimError): ImageSourceError['reason'] {
  if (reason === 'not-reachable' || reason === 'tls' || reason === 'server') return 'unreachable';
  return reason === 'unexpected-answer' ? 'unreadable' : 'refused';
}
