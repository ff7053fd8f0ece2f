/** The bundles that the tests start and that are packaged: the same files, built once per run. */
import { run } from './lifetime.mjs';
import { root } from './paths.mjs';

/** @type {Promise<void> | undefined} */
let built;

/** Builds the bundles as they are shipped, and the tests that run inside VS Code. */
export function buildOnce() {
  built ??= run(process.execPath, ['esbuild.mjs', '--production', '--tests'], { cwd: root });
  return built;
}
