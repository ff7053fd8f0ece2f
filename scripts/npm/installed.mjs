/**
 * `node scripts/npm/installed.mjs FILE [ARGUMENT…]`: runs a script of this repository, or the command of a package, that imports
 * what npm installs. On a bare clone that is installed first, and an older Node gives way to one that runs TypeScript.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bootstrap } from '../bootstrap.mjs';
import { root } from '../paths.mjs';

await bootstrap();
const [node = process.execPath, , name = '', ...args] = process.argv;
const file = path.join(root, name);
// Who looks finds itself started, as by `node FILE`.
process.argv = [node, file, ...args];
await import(pathToFileURL(file).href);
