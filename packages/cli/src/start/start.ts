/**
 * The beginning of `dist/cli.js`. It is followed by the part of the command that a check in a shell needs. The others
 * are in a file next to it, from which each command reads its own: Node reads a program to its end before it runs its
 * beginning. Where the command has to be one file they follow as comment lines, which Node skips.
 */
import { writeSync } from 'node:fs';
import { versionLine } from '../version.ts';
import { CodeCache } from './codeCache.ts';
import type { Pack } from './pack.ts';
import { PartLoader } from './partLoader.ts';
import { inExecutable, onDisk } from './parts.ts';
import type * as Main from '../main.ts';
import type * as Saver from './saveCode.ts';

/** Put in by the build (scripts/bundle/pack.mjs): where the parts are, and the names of two of them. */
declare const PACK: Pack;
/** The part that runs the command. */
declare const ENTRY: string;
/** The one that keeps compiled code. */
declare const SAVER: string;
/** The quick part, as a comment in a function: Node has read it already, so its text costs neither time nor memory. */
declare function quickPart(): void;

const [, , ...args] = process.argv;
if (!toldVersion(args)) {
  // What has run is kept compiled, and each command runs something else.
  const name = args[0]?.replaceAll(/\W/g, '').slice(0, 20) ?? '';
  // A command that only explains itself has run nothing that the next start would need.
  const isKept = !args.includes('--help') && !args.includes('-h');
  const cache = isKept ? CodeCache.ofUser(process, `${PACK.key}-${name}`) : undefined;
  // Node names the executable itself where the program is part of it (scripts/release/executable.mjs).
  const open = __filename === process.execPath ? inExecutable(require) : onDisk;
  const comment = quickPart.toString().slice('function quickPart(){/*'.length, -'*/}'.length);
  // What would have ended the comment contains U+001F; without any there is no copy.
  const quick = comment.replaceAll('\u001f', '');
  const loader = new PartLoader(__filename, { quick, pack: PACK }, cache, require, open);
  const { finished } = loader.load(ENTRY) as typeof Main;
  void finished
    .then(async () => {
      const fresh = loader.fresh();
      if (cache === undefined || fresh.size === 0) return;
      const { saveCode } = loader.load(SAVER) as typeof Saver;
      await saveCode(cache.folder, fresh);
    })
    // A folder that cannot be written to costs the next start a few milliseconds, and nothing else.
    .catch(() => undefined);
}

/** The shortest question needs none of the parts, unless its answer cannot be written and that has to be reported. */
function toldVersion(given: readonly string[]): boolean {
  if (given.length !== 1 || (given[0] !== '--version' && given[0] !== '-V')) return false;
  try {
    return writeSync(1, versionLine) === versionLine.length;
  } catch {
    return false;
  }
}
