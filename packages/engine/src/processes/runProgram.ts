import { spawn } from 'node:child_process';
import type { ProgramAnswer, ProgramRunner } from './program.ts';
import { onAbort } from '../time/onAbort.ts';

/** Of each stream: a cluster of ten thousand nodes and its queue. */
const maxOutputUnits = 32 * 1024 * 1024;

/** A program of the system, found by the user's PATH, without a shell in between. */
export function runProgram(program: string): ProgramRunner {
  return (args, signal) =>
    new Promise<ProgramAnswer>((resolve, reject) => {
      signal.throwIfAborted();
      const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
      const stdout = kept(child.stdout);
      const stderr = kept(child.stderr);
      const unlisten = onAbort(signal, () => {
        child.kill('SIGKILL');
        reject(signal.reason as Error);
      });
      const end = (answer: Pick<ProgramAnswer, 'code' | 'stderr' | 'isMissing'>): void => {
        unlisten();
        const isCut = [stdout, stderr].some((stream) => stream.isCut);
        resolve({ ...answer, stdout: stdout.pieces.join(''), isCut });
      };
      child.once('error', (error: NodeJS.ErrnoException) => {
        end({ code: undefined, stderr: error.message, isMissing: error.code === 'ENOENT' });
      });
      child.once('close', (code) => {
        end({ code: code ?? undefined, stderr: stderr.pieces.join(''), isMissing: false });
      });
    });
}

/** What a stream has said so far. */
interface Kept {
  readonly pieces: string[];
  isCut: boolean;
}

function kept(stream: NodeJS.ReadableStream): Kept {
  const found: Kept = { pieces: [], isCut: false };
  let units = 0;
  stream.setEncoding('utf8').on('data', (text: string) => {
    if (units < maxOutputUnits) found.pieces.push(text);
    else found.isCut = true;
    units += text.length;
  });
  return found;
}
