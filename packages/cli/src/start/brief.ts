import { statSync } from 'node:fs';
import type * as V8 from 'node:v8';

/** A check of less than this is over before optimised code has made up for the time that it takes to make. */
const briefBytes = 300_000;
/** Versions of Node whose V8 has these flags; another would complain of one that it does not know. */
const known = /^v(?:20|22|24)\./;

/** Whether a command does little: a check of small files. What cannot be looked at is for the command to tell of. */
export function isBrief([command, ...args]: readonly string[], version: string): boolean {
  if (command !== 'validate' || !known.test(version)) return false;
  let bytes = 0;
  for (const arg of args) {
    if (arg === '-' || arg === '--fix') return false;
    if (!arg.startsWith('-')) bytes += sizeOf(arg);
  }
  return bytes < briefBytes;
}

/** In bytes; without end for what is no file, such as a pipe or a folder, or cannot be looked at. */
function sizeOf(file: string): number {
  try {
    const stats = statSync(file);
    return stats.isFile() ? stats.size : Infinity;
  } catch {
    return Infinity;
  }
}

/**
 * From here on, code runs as it was compiled first, and memory is taken instead of tidied. Half of the processor time of a
 * small check was that of compilers and collectors that prepare for a long run.
 */
export function runBriefly(nodeRequire: (name: string) => unknown): void {
  const { setFlagsFromString } = nodeRequire('node:v8') as typeof V8;
  for (const flag of ['--no-opt', '--no-maglev', '--semi-space-growth-factor=8']) setFlagsFromString(flag);
}
