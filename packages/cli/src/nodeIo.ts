import { readFile, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { nodeFiles } from '@omnia-buildstream/engine/files/fileSystem';
import { CannotRun, causeOf, codeOf } from './cannotRun.ts';
import type { Io, Output } from './io.ts';
import { shownText } from './shown.ts';

/** The world of a real process. */
export function nodeIo(): Io {
  return {
    stdin: readStdin,
    ask,
    stdout: outputTo(process.stdout),
    stderr: outputTo(process.stderr),
    env: process.env,
    fs: { ...nodeFiles, readFile, stat },
    cwd: process.cwd(),
  };
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The question goes to standard error: standard output may be piped to a program. */
async function ask(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(shownText(question, true));
  } catch {
    // Ctrl-D or Ctrl-C at the prompt is no answer.
    return undefined;
  } finally {
    terminal.close();
  }
}

function outputTo(stream: NodeJS.WriteStream): Output {
  let isClosed = false;
  // Without a listener an error ends the process with a stack trace; `write` reports it.
  stream.on('error', () => {
    isClosed = true;
  });
  return {
    isTerminal: stream.isTTY,
    get isClosed() {
      return isClosed;
    },
    write(shown) {
      if (isClosed) return Promise.resolve();
      return new Promise((resolve, reject) => {
        stream.write(shownText(shown, stream.isTTY), (error) => {
          if (!error || codeOf(error) === 'EPIPE') resolve();
          else reject(new CannotRun('output', `The output cannot be written: ${causeOf(error)}.`));
        });
      });
    },
  };
}
