/** Builds the installable package, dist/omnia-buildstream.vsix. */
import { pathToFileURL } from 'node:url';
import { runQuietly } from './lifetime.mjs';
import { root, toolFile, vsixFile } from './paths.mjs';

/**
 * vsce makes the production build itself, through the vscode:prepublish script.
 * @returns {Promise<string>} the file
 */
export async function buildPackage() {
  const args = ['package', '--no-dependencies', '--out', vsixFile];
  await runQuietly(process.execPath, [toolFile('@vscode/vsce/vsce'), ...args], { cwd: root });
  return vsixFile;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(await buildPackage());
