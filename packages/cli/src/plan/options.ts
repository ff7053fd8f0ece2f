import path from 'node:path';
import type { ParseArgsConfig } from 'node:util';
import { omniaVersions, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { mappingPlaces } from '@omnia-buildstream/core/nodes/projectPlaces';
import { oneOf } from '../arguments.ts';
import { cannotRun } from '../cannotRun.ts';
import type { Io } from '../io.ts';

/** Options that name the two files, shared by `plan` and `failed`. */
export const fileOptions = {
  mapping: { type: 'string' },
  failed: { type: 'string' },
  omnia: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

export const failedPlace = 'miscellaneous/failed_nodes.json';

/** The files as given, else where Omnia's GitLab project keeps them. @throws UserError when there is no mapping file */
export async function planFiles(
  given: { mapping?: string | undefined; failed?: string | undefined },
  io: Io,
): Promise<{ readonly mapping: string; readonly failed: string }> {
  const mapping = given.mapping ?? (await usualMapping(io));
  if (mapping === undefined) {
    throw cannotRun(
      'arguments',
      `There is no ${mappingPlaces.join(', ')} here. Run it in the project folder, or name the file with --mapping.`,
    );
  }
  return { mapping, failed: given.failed ?? failedPlace };
}

/** The mapping file in its usual place; undefined when there is none. */
export async function usualMapping({ fs, cwd }: Io): Promise<string | undefined> {
  for (const place of mappingPlaces) {
    const isThere = await fs.stat(path.resolve(cwd, place)).then(
      () => true,
      () => false,
    );
    if (isThere) return place;
  }
  return undefined;
}

export function versionOption(given: string | undefined): OmniaVersion | undefined {
  return given === undefined ? undefined : oneOf('--omnia', given, omniaVersions);
}
