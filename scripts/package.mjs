/** Builds the installable package, dist/omnia-buildstream.vsix. */
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildOnce } from './build.mjs';
import { runQuietly } from './lifetime.mjs';
import { packageDir, root, toolFile, vsixFile } from './paths.mjs';
import { addressesOf, packagedPage } from './release/address.mjs';

const pages = ['README.md', 'CHANGELOG.md'];
/** The keys of package.json that only concern the checkout. */
const ofCheckout = ['workspaces', 'scripts', 'devDependencies', 'optionalDependencies', 'allowScripts'];

/** @type {Promise<string> | undefined} */
let packaged;

/**
 * Packages the bundles. Both are built once per run.
 * @returns {Promise<string>} the file
 */
export function buildPackage() {
  packaged ??= makePackage();
  return packaged;
}

/**
 * Creates the extension's folder from the existing bundles: the files that .vscodeignore allows, with the pages and
 * addresses as they are published.
 * @param {string} [folder] its previous contents are deleted
 * @returns {string} the folder
 */
export function stagePackage(folder = packageDir) {
  const ignored = readFileSync(path.join(root, '.vscodeignore'), 'utf8').split(/\r?\n/);
  const allowed = ignored.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  rmSync(folder, { recursive: true, force: true });
  for (const entry of globSync(allowed, { cwd: root, withFileTypes: true }).filter((one) => one.isFile())) {
    const from = path.join(entry.parentPath, entry.name);
    const to = path.join(folder, path.relative(root, from));
    mkdirSync(path.dirname(to), { recursive: true });
    copyFileSync(from, to);
  }
  const source = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const manifest = Object.fromEntries(Object.entries(source).filter(([key]) => !ofCheckout.includes(key)));
  writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify({ ...manifest, ...addressesOf(source) }, undefined, 2),
  );
  for (const page of pages) {
    writeFileSync(path.join(folder, page), packagedPage(readFileSync(path.join(root, page), 'utf8'), source));
  }
  return folder;
}

async function makePackage() {
  await buildOnce();
  const args = ['package', '--no-dependencies', '--allow-missing-repository', '--out', vsixFile];
  await runQuietly(process.execPath, [toolFile('@vscode/vsce/vsce'), ...args], { cwd: stagePackage() });
  return vsixFile;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(await buildPackage());
