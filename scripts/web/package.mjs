/**
 * `npm run package:web`: builds the package for browsers, dist/omnia-buildstream-web.vsix, and checks its size. It
 * contains the language features, as extension and worker, without anything from Node and without network access.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { runQuietly } from '../lifetime.mjs';
import { noticesOf, noticesText } from '../notices.mjs';
import { addressesOf, packagedPage } from '../release/address.mjs';
import { root, toolFile, webDir, webVsixFile } from '../paths.mjs';
import { leanLibraries } from './leanLibraries.mjs';
import { textsOf, webManifest } from './manifest.mjs';

/**
 * Limits in bytes, of the server as packaged (deflate) and of the whole file. A browser loads them for every window.
 */
const most = { server: 150_000, package: 280_000 };

/** @type {esbuild.BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'browser',
  mainFields: ['browser', 'module', 'main'],
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  plugins: [leanLibraries],
};

/** @type {readonly esbuild.BuildOptions[]} */
const bundles = [
  {
    ...common,
    entryPoints: ['client/src/web/extension.ts'],
    outfile: path.join(webDir, 'extension.js'),
    format: 'cjs',
    external: ['vscode'],
  },
  {
    ...common,
    entryPoints: ['server/src/browser/main.ts'],
    outfile: path.join(webDir, 'server.js'),
    format: 'iife',
  },
];

/** Builds the extension's folder, dist/web. */
export async function buildWebExtension() {
  rmSync(webDir, { recursive: true, force: true });
  mkdirSync(path.join(webDir, 'l10n'), { recursive: true });
  const built = await Promise.all(bundles.map((bundle) => esbuild.build(bundle)));
  // For example a name that a library does not have, which would be undefined in the browser.
  const warned = built.flatMap(({ warnings }) => warnings.map(({ text }) => text));
  if (warned.length > 0) throw new Error(warned.join('\n'));
  const inputs = built.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
  writeFileSync(path.join(webDir, 'THIRD-PARTY-NOTICES.txt'), noticesText(noticesOf(inputs)));

  const source = readJson('package.json');
  const manifest = webManifest({ ...source, ...addressesOf(source) });
  writeJson('package.json', manifest);
  for (const name of ['package.nls.json', 'package.nls.de.json'])
    writeJson(name, textsOf(manifest, { ...readJson(name), ...readJson(`scripts/web/${name}`) }));
  writeJson('l10n/bundle.l10n.de.json', saidIn(built.flatMap(textOf), readJson('l10n/bundle.l10n.de.json')));
  for (const name of ['LICENSE', 'language-configuration.json', 'media/icon.png', 'schemas/failed_nodes.schema.json']) {
    cpSync(path.join(root, name), path.join(webDir, name), { recursive: true });
  }
  const page = readFileSync(path.join(root, 'docs/web.md'), 'utf8');
  writeFileSync(path.join(webDir, 'README.md'), packagedPage(page, source));
  return webDir;
}

/** Builds the package. @throws Error if it is too large */
export async function buildWebPackage() {
  await buildWebExtension();
  const args = ['package', '--no-dependencies', '--allow-missing-repository', '--out', webVsixFile];
  await runQuietly(process.execPath, [toolFile('@vscode/vsce/vsce'), ...args], { cwd: webDir });
  const server = deflateRawSync(readFileSync(path.join(webDir, 'server.js'))).length;
  const whole = statSync(webVsixFile).size;
  console.log(`${webVsixFile}: ${Math.round(whole / 1000)} kB; server, packed: ${Math.round(server / 1000)} kB`);
  if (server > most.server) throw new Error(`The server has ${server} bytes, packed: at most ${most.server}`);
  if (whole > most.package) throw new Error(`The package has ${whole} bytes: at most ${most.package}`);
  return webVsixFile;
}

/** @param {esbuild.BuildResult} result */
function textOf({ metafile }) {
  return Object.keys(metafile?.outputs ?? {}).map((file) => readFileSync(path.join(root, file), 'utf8'));
}

/**
 * The translations of the texts in bundles.
 * @param {readonly string[]} bundled
 * @param {Record<string, string>} translations
 */
function saidIn(bundled, translations) {
  /** The forms in which a bundle may quote a text. */
  const quoted = (/** @type {string} */ text) =>
    ['"', "'", '`'].map((quote) =>
      JSON.stringify(text)
        .slice(1, -1)
        .replaceAll('\\"', quote === '"' ? '\\"' : '"')
        .replaceAll(quote, quote === '"' ? quote : `\\${quote}`),
    );
  return Object.fromEntries(
    Object.entries(translations).filter(([text]) =>
      quoted(text).some((form) => bundled.some((code) => code.includes(form))),
    ),
  );
}

/** @param {string} name */
function readJson(name) {
  return JSON.parse(readFileSync(path.join(root, name), 'utf8'));
}

/**
 * @param {string} name
 * @param {object} value
 */
function writeJson(name, value) {
  writeFileSync(path.join(webDir, name), JSON.stringify(value));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildWebPackage();
