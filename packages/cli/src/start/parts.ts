import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type * as Sea from 'node:sea';

/** An open source of bytes that contains parts. */
export interface Parts {
  /** In bytes. */
  readonly size: number;
  /** ASCII from a byte offset on. */
  readonly textAt: (at: number, length: number) => string;
  readonly close: () => void;
}

/** @throws what the file system throws */
export type OpenParts = (file: string) => Parts;

export const onDisk: OpenParts = (file) => {
  const handle = openSync(file, 'r');
  return {
    get size() {
      return fstatSync(handle).size;
    },
    textAt: (at, length) => {
      const bytes = Buffer.allocUnsafe(length);
      return bytes.toString('latin1', 0, readSync(handle, bytes, 0, length, at));
    },
    close: () => {
      closeSync(handle);
    },
  };
};

/** The program as the executable contains it: all parts are in it, and nothing is read from disk. */
export function inExecutable(nodeRequire: (name: string) => unknown): OpenParts {
  return () => {
    const { getRawAsset } = nodeRequire('node:sea') as typeof Sea;
    // A view, not a copy.
    const bytes = Buffer.from(getRawAsset('program'));
    return {
      size: bytes.length,
      textAt: (at, length) => bytes.toString('latin1', at, at + length),
      close: () => undefined,
    };
  };
}
