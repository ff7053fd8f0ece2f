import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import type { SourceEncoding } from '@omnia-buildstream/core/text/sourceEncoding';

export interface SourceText {
  readonly bytes: Uint8Array;
  /** A byte order mark is kept: Omnia 2.2 fails on it. Decoded from the bytes on demand. */
  readonly text: string;
  readonly encoding: SourceEncoding;
}

/** Reads bytes as UTF-8. Invalid bytes become U+FFFD, so that their place can be shown. */
export function decode(bytes: Uint8Array): SourceText {
  let text: string | undefined;
  return {
    bytes,
    get text() {
      return (text ??= textOf(bytes));
    },
    encoding: { kind: isUtf8(bytes) ? 'utf8' : 'not-utf8' },
  };
}

export function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
