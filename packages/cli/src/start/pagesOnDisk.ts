import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readRegularFileAtOnce } from '@omnia-buildstream/engine/files/readRegularFile';

const folder = path.resolve(import.meta.dirname, '../../../../docs/rules');
const names = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md');

/** The rule pages by their codes, in a checkout. The build puts them into the command instead (scripts/bundle/texts.mjs). */
export const pages: Readonly<Record<string, string>> = Object.fromEntries(
  await Promise.all(
    names.map(async (name): Promise<[string, string]> => {
      return [name.slice(0, -'.md'.length), await readRegularFileAtOnce(path.join(folder, name), 'utf8')];
    }),
  ),
);
