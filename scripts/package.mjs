/** Builds the installable package, dist/omnia-buildstream.vsix. */
import { pathToFileURL } from 'node:url';
import { buildOnce } from './build.mjs';
import { runQuietly } from './lifetime.mjs';
import { root, toolFile, vsixFile } from './paths.mjs';

/** @type {Promise<string> | undefined} */
let packaged;

/**
 * Packages the bundles; both are made once a run.
 * @returns {Promise<string>} the file
 */
export function buildPackage() {
  packaged ??= makePackage();
  return packaged;
}

async function makePackage() {
  await buildOnce();
  const args = ['package', '--no-dependencies', '--out', vsixFile];
  await runQuietly(process.execPath, [toolFile('@vscode/vsce/vsce'), ...args], { cwd: root });
  return vsixFile;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(await buildPackage());
