import { TextDecoder } from 'node:util';
import type { SourceEncoding } from '@omnia-buildstream/core/text/sourceEncoding';

export interface SourceText {
  /** A byte order mark is kept: Omnia 2.2 trips over it. */
  readonly text: string;
  readonly encoding: SourceEncoding;
}

/** Reads bytes as UTF-8. What is not UTF-8 becomes U+FFFD, so that its place can be shown. */
export function decode(bytes: Uint8Array): SourceText {
  try {
    return { text: decoder(true).decode(bytes), encoding: { kind: 'utf8' } };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { text: decoder(false).decode(bytes), encoding: { kind: 'not-utf8' } };
  }
}

function decoder(fatal: boolean): TextDecoder {
  return new TextDecoder('utf-8', { fatal, ignoreBOM: true });
}
