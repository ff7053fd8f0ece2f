import path from 'node:path';
import { cannotRun } from './cannotRun.ts';
import type { Io } from './io.ts';

/** What is bundled of others, with its licences; the build writes it beside the bundle. @throws UserError without it */
export async function licensesText({ fs }: Pick<Io, 'fs'>): Promise<string> {
  // Only the bundle has the name of its folder in this way.
  const folder = typeof __dirname === 'string' ? __dirname : undefined;
  if (folder === undefined) throw cannotRun('file', 'Only the built command carries the licences.');
  const file = path.join(folder, 'THIRD-PARTY-NOTICES.txt');
  try {
    return await fs.readFile(file, 'utf8');
  } catch {
    throw cannotRun('file', `${file} is missing: it belongs beside the command.`);
  }
}
