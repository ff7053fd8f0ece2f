/**
 * The beginning of `dist/cli.js`. That file is this program, and below it the parts of the command as comment lines, which
 * Node passes over: each command reads its own part, so that a check of a file does not pay for what talks to BMCs.
 */
import { writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { versionLine } from '../version.ts';
import { CodeCache } from './codeCache.ts';
import type { Pack } from './pack.ts';
import { PartLoader } from './partLoader.ts';
import type * as Main from '../main.ts';
import type * as Saver from './saveCode.ts';

/** Put in by the build (scripts/bundle/pack.mjs). */
declare const PACK: Pack;

if (!toldVersion(process.argv.slice(2))) {
  const cache = CodeCache.ofUser(process, PACK.key);
  const loader = new PartLoader(__filename, PACK, cache, createRequire(__filename), path.dirname(__filename));
  const { finished } = loader.load(PACK.entry) as typeof Main;
  void finished
    .then(async () => {
      const fresh = loader.fresh();
      if (cache === undefined || fresh.size === 0) return;
      const { saveCode } = loader.load(PACK.saver) as typeof Saver;
      await saveCode(cache.folder, fresh);
    })
    // A folder that cannot be written costs the next start some milliseconds, and nobody anything else.
    .catch(() => undefined);
}

/** The shortest question needs none of the parts, unless its answer cannot be written and that has to be told. */
function toldVersion(args: readonly string[]): boolean {
  if (args.length !== 1 || (args[0] !== '--version' && args[0] !== '-V')) return false;
  try {
    return writeSync(1, versionLine) === versionLine.length;
  } catch {
    return false;
  }
}
