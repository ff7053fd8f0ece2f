/** The bundles that the tests start and that are packaged: the same files, made once a run. */
import { run } from './lifetime.mjs';
import { root } from './paths.mjs';

/** @type {Promise<void> | undefined} */
let built;

/** As they are shipped, and beside them the tests that run inside VS Code. */
export function buildOnce() {
  built ??= run(process.execPath, ['esbuild.mjs', '--production', '--tests'], { cwd: root });
  return built;
}
