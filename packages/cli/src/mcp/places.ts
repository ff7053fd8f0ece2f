import path from 'node:path';
import { cannotRun } from '../cannotRun.ts';
import type { Io } from '../io.ts';
import { planFiles } from '../plan/options.ts';

/**
 * The mapping file that a model names, or the one in its usual place. Files outside the folder are off limits, also
 * behind a link. @throws UserError
 */
export async function mappingIn(given: string | undefined, io: Io): Promise<string> {
  const { mapping } = await planFiles({ mapping: given }, io);
  const [folder, file] = await Promise.all([io.cwd, path.resolve(io.cwd, mapping)].map((place) => realPath(place, io)));
  const inside = path.relative(folder ?? '', file ?? '');
  const isInside = !path.isAbsolute(inside) && inside.split(path.sep)[0] !== '..' && inside !== '';
  if (isInside && mapping.toLowerCase().endsWith('.csv')) return mapping;
  throw cannotRun('arguments', 'Only a .csv file of the project folder can be used.');
}

async function realPath(place: string, { fs }: Io): Promise<string> {
  return fs.realpath(place).catch(() => {
    throw cannotRun('file', 'The mapping file cannot be read: there is no such file in the project folder.');
  });
}
