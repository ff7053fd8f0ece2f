import type { Said } from '@omnia-buildstream/core/text/phrase';

/** Asks whether a file of an image can be fetched, without fetching it. */
export interface ImageProbe {
  /** Resolves to what is wrong; undefined when it can be fetched. Rejects only with the signal's reason. */
  probe(url: string, signal: AbortSignal): Promise<ImageFault | undefined>;
}

export interface ImageFault {
  readonly reason: 'bad-url' | 'unreachable' | 'tls' | 'missing' | 'forbidden' | 'refused' | 'timeout';
  /** For people; may be empty. */
  readonly detail: Said;
}
