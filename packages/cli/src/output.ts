import { fstatSync, statSync, writeSync } from 'node:fs';
import { causeOf, codeOf, cannotRun } from './cannotRun.ts';
import type { Output } from './io.ts';
import { shownText } from './shown.ts';

/** As `os.devNull`: Node takes its time to load that module. */
const devNull = process.platform === 'win32' ? '\\\\.\\nul' : '/dev/null';

type Stream = NodeJS.Process['stdout'] | NodeJS.Process['stderr'];

/**
 * A standard stream of the process. Node loads a lot for one, so it is opened on first use, and not at all if the
 * output goes to a file or a pipe.
 * @param file its number if it can be written to directly; undefined: the stream is opened now
 */
export function outputTo(open: () => Stream, file?: number): Output {
  let isClosed = false;
  let opened: Stream | undefined;
  let isDirect: boolean | undefined;
  const stream = (): Stream => {
    if (opened !== undefined) return opened;
    opened = open();
    // Without a listener an error ends the process with a stack trace; `write` reports it.
    opened.on('error', () => {
      isClosed = true;
    });
    return opened;
  };
  if (file === undefined) stream();
  const writesDirectly = (): boolean => (isDirect ??= file !== undefined && isPlain(file));
  return {
    get isTerminal() {
      return !writesDirectly() && stream().isTTY;
    },
    get isClosed() {
      return isClosed;
    },
    async write(shown) {
      if (isClosed) return;
      const isTerminal = !writesDirectly() && stream().isTTY;
      let rest: Uint8Array | string = shownText(shown, isTerminal);
      try {
        if (file !== undefined && writesDirectly()) rest = writeNow(file, Buffer.from(rest));
        if (rest.length === 0) return;
        isDirect = false;
        await writeTo(stream(), rest);
      } catch (error) {
        if (codeOf(error) !== 'EPIPE') throw cannotRun('output', `The output cannot be written: ${causeOf(error)}.`);
        isClosed = true;
      }
    },
  };
}

/** Whether it is a file, a pipe or nothing at all: Node, too, writes to these synchronously. */
function isPlain(file: number): boolean {
  try {
    const stats = fstatSync(file);
    return stats.isFile() || stats.isFIFO() || (stats.isCharacterDevice() && stats.rdev === statSync(devNull).rdev);
  } catch {
    return false;
  }
}

/** @returns what a pipe that must not be waited for does not accept now */
function writeNow(file: number, bytes: Uint8Array): Uint8Array {
  let at = 0;
  try {
    while (at < bytes.length) at += writeSync(file, bytes, at);
  } catch (error) {
    if (codeOf(error) !== 'EAGAIN') throw error;
  }
  return bytes.subarray(at);
}

function writeTo(stream: Stream, chunk: Uint8Array | string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(chunk, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
