/**
 * The beginning of `dist/cli.js`. That file is this program, and below it the parts of the command as comment lines, which
 * Node passes over: each command reads its own part, so that a check of a file does not pay for what talks to BMCs.
 */
import { writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { versionLine } from '../version.ts';
import { isBrief, runBriefly } from './brief.ts';
import { CodeCache } from './codeCache.ts';
import type { Pack } from './pack.ts';
import { PartLoader } from './partLoader.ts';
import { inExecutable, onDisk } from './parts.ts';
import type * as Main from '../main.ts';
import type * as Saver from './saveCode.ts';

/** A `Pack` as JSON, put in by the build (scripts/bundle/pack.mjs). */
declare const PACK: string;

const [, , ...args] = process.argv;
if (!toldVersion(args)) {
  const pack = JSON.parse(PACK) as Pack;
  const nodeRequire = createRequire(__filename);
  const brief = isBrief(args, process.version);
  if (brief) runBriefly(nodeRequire);
  // What has run is kept compiled, and each command runs something else. V8 takes no code of other flags.
  const name = `${args[0]?.replaceAll(/\W/g, '').slice(0, 20) ?? ''}${brief ? '-brief' : ''}`;
  // What explains itself has run nothing that the next start would want.
  const isKept = !args.includes('--help') && !args.includes('-h');
  const cache = isKept ? CodeCache.ofUser(process, `${pack.key}-${name}`) : undefined;
  // Node names the executable itself where the program is part of it (scripts/release/executable.mjs).
  const open = __filename === process.execPath ? inExecutable(nodeRequire) : onDisk;
  const loader = new PartLoader(__filename, pack, cache, nodeRequire, open);
  const { finished } = loader.load(pack.entry) as typeof Main;
  void finished
    .then(async () => {
      const fresh = loader.fresh();
      if (cache === undefined || fresh.size === 0) return;
      const { saveCode } = loader.load(pack.saver) as typeof Saver;
      await saveCode(cache.folder, fresh);
    })
    // A folder that cannot be written costs the next start some milliseconds, and nobody anything else.
    .catch(() => undefined);
}

/** The shortest question needs none of the parts, unless its answer cannot be written and that has to be told. */
function toldVersion(given: readonly string[]): boolean {
  if (given.length !== 1 || (given[0] !== '--version' && given[0] !== '-V')) return false;
  try {
    return writeSync(1, versionLine) === versionLine.length;
  } catch {
    return false;
  }
}
