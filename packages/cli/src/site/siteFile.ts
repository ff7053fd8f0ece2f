import path from 'node:path';
import { readSite, type SiteFile, type SiteProblem } from '@omnia-buildstream/core/site/readSite';
import { siteValues } from '@omnia-buildstream/core/site/siteValues';
import type { LayerValues } from '@omnia-buildstream/core/site/settle';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { cannotRun } from '../cannotRun.ts';
import type { Io } from '../io.ts';
import { findSite, type FoundSite } from './findSite.ts';

/** The buildstream.yml that a command uses. */
export interface Site {
  /** As people write it: relative to the folder that the command runs in. */
  readonly file: string;
  readonly entries: SiteFile['entries'];
  /** Its values, with paths relative to the folder that the command runs in. */
  readonly values: LayerValues;
}

/** @throws UserError when something in it is wrong: applying half of a site's settings is not what was meant */
export function readFound({ place, file, text }: FoundSite, io: Io): Site {
  const site = readSite(text);
  if (site.problems.length > 0) throw cannotRun('file', site.problems.map((one) => problemLine(file, one)).join('\n'));
  const folder = path.relative(io.cwd, path.dirname(place)).replaceAll('\\', '/');
  return { file, entries: site.entries, values: siteValues(site, folder) };
}

/** The buildstream.yml of a mapping file; see `findSite`. @throws UserError */
export async function siteFor(mapping: string | undefined, io: Io): Promise<Site | undefined> {
  const found = await findSite(mapping, io);
  return found && readFound(found, io);
}

function problemLine(file: string, { message, params, range: { start } }: SiteProblem): string {
  return `${file}:${String(start.line + 1)}:${String(start.character + 1)}: ${wordsOf({ message, params })}`;
}
