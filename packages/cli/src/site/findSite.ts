import path from 'node:path';
import { siteFileName, sitePlacesFor } from '@omnia-buildstream/core/site/sitePlaces';
import { cannotRun, causeOf, codeOf } from '../cannotRun.ts';
import type { Io } from '../io.ts';
import { decode } from '../validate/decode.ts';

/** A buildstream.yml that was found but not parsed yet. */
export interface FoundSite {
  /** Absolute, with `/` between its parts. */
  readonly place: string;
  /** As people write it: relative to the folder that the command runs in. */
  readonly file: string;
  readonly text: string;
}

/**
 * The buildstream.yml of a mapping file or, if none is named, of the project in the folder that the command runs in;
 * undefined when there is none.
 *
 * @throws UserError when it cannot be read
 */
export async function findSite(mapping: string | undefined, io: Io): Promise<FoundSite | undefined> {
  const cwd = path.resolve(io.cwd).replaceAll('\\', '/');
  const isNamed = mapping !== undefined && mapping !== '-';
  const mappingPlace = isNamed ? path.resolve(io.cwd, mapping).replaceAll('\\', '/') : `${cwd}/mapping`;
  for (const place of sitePlacesFor(mappingPlace, isNamed ? cwd : undefined)) {
    const text = await textAt(place, io);
    if (text !== undefined) return { place, file: path.relative(io.cwd, place) || siteFileName, text };
  }
  return undefined;
}

async function textAt(file: string, io: Io): Promise<string | undefined> {
  try {
    const { text, encoding } = decode(await io.fs.readFile(file));
    if (encoding.kind === 'utf8') return text;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return undefined;
    throw cannotRun('file', `${file} cannot be read: ${causeOf(error)}.`);
  }
  throw cannotRun('file', `${file} is not UTF-8. Save it as UTF-8.`);
}
