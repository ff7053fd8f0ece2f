/**
 * `node scripts/npm/installed.mjs FILE [ARGUMENT…]`: runs a script of this repository, or the command of a package,
 * that imports installed npm packages. In a fresh clone it installs them first, and it continues under another Node if
 * this one does not run TypeScript.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bootstrap } from '../bootstrap.mjs';
import { root } from '../paths.mjs';

await bootstrap();
const [node = process.execPath, , name = '', ...args] = process.argv;
const file = path.join(root, name);
// The script sees the arguments of `node FILE`.
process.argv = [node, file, ...args];
await import(pathToFileURL(file).href);
