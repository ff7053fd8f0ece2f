/** Texts that are parts of the command line: the rule pages, and the licenses of all third-party code in it. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { noticesOf, noticesText } from '../notices.mjs';

/** A checkout reads these from its folders: packages/cli/package.json has the same names in `imports`. */
export const textModules = ['#rule-pages', '#notices'];

/**
 * The modules by name, as code that sets `exports`.
 * @param {string} root
 * @param {Iterable<string>} inputs files in the bundle, as esbuild's metafile names them
 * @param {readonly import('../notices.mjs').Notice[]} runtime notices of the runtime, if it is shipped with the program
 * @returns {Map<string, string>}
 */
export function textParts(root, inputs, runtime) {
  const files = globSync('docs/rules/*.md', { cwd: root }).filter((file) => path.basename(file) !== 'README.md');
  const pages = Object.fromEntries(
    files.sort().map((file) => [path.basename(file, '.md'), readFileSync(path.join(root, file), 'utf8')]),
  );
  return new Map([
    ['#rule-pages', `exports.pages=${ascii(pages)};`],
    ['#notices', `exports.notices=${ascii(noticesText([...noticesOf(inputs), ...runtime]))};`],
  ]);
}

/**
 * JSON in ASCII only: any other character would make all of the code two bytes wide.
 * @param {unknown} value
 */
function ascii(value) {
  return JSON.stringify(value).replaceAll(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
