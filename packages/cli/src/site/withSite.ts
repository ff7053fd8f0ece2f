import type { SiteKeyName } from '@omnia-buildstream/core/site/siteKeys';
import { cannotRun } from '../cannotRun.ts';
import { saidOf } from '../errorWords.ts';
import type { Io } from '../io.ts';
import { onlyKey, withLimits, type SiteLayer } from './layers.ts';
import { siteFor, type Site } from './siteFile.ts';

interface Parsed {
  readonly help: boolean;
  readonly mapping: string | undefined;
}

/**
 * Reads the arguments of a stage, with the values of the project's buildstream.yml as defaults, and says on standard
 * error which of those take effect.
 *
 * @param limits the limits that the command knows
 * @throws UserError with the line of buildstream.yml if the fault is there
 */
export async function withSite<Result extends Parsed>(
  args: readonly string[],
  parse: (args: readonly string[], site?: SiteLayer) => Result,
  { limits, io }: { readonly limits: readonly string[]; readonly io: Io },
): Promise<Result> {
  const plain = parse(args);
  const site = plain.help ? undefined : await siteFor(plain.mapping, io);
  if (site === undefined) return plain;
  const used: SiteKeyName[] = [];
  const layer = { values: withLimits(site.values, limits) };
  const result = attributed(() => parse(args, { ...layer, onUsed: (name) => used.push(name) }), {
    site,
    tryOne: (name) => parse(args, onlyKey(layer, name)),
  });
  if (used.length > 0) await io.stderr.write(`note: from ${site.file}: ${used.join(', ')}\n`);
  return result;
}

/** A value that no command can use is reported at its line in the file. */
function attributed<Result>(
  parse: () => Result,
  { site, tryOne }: { readonly site: Site; readonly tryOne: (name: SiteKeyName) => unknown },
): Result {
  try {
    return parse();
  } catch (error) {
    for (const [name, { range }] of site.entries) {
      try {
        tryOne(name);
      } catch (fault) {
        const said = saidOf(fault);
        if (said === undefined) throw fault;
        const place = `${site.file}:${String(range.start.line + 1)}:${String(range.start.character + 1)}`;
        throw cannotRun('file', `${place}: ${name} cannot be used: ${said.message}`);
      }
    }
    throw error;
  }
}
