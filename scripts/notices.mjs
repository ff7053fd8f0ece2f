/** The licenses of all third-party code that is bundled, determined from esbuild's list of what is in the bundles. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/** Next to the bundles: in the extension's package and beside dist/cli.js. */
export const noticesFile = path.join(root, 'dist/THIRD-PARTY-NOTICES.txt');

/** The same as data, for a release, which lists everything that it ships. */
const bundledFile = path.join(root, 'dist/bundled.json');

/** @typedef {{ name: string, version: string, license: string, texts: string[] }} Notice */

/**
 * @param {Iterable<string>} inputs files in the bundles, as esbuild's metafile names them
 * @returns {Notice[]} by name; both versions if there are two of a package
 */
export function noticesOf(inputs) {
  const folders = new Set([...inputs].flatMap((input) => packageFolder(input) ?? []));
  return [...folders]
    .map((folder) => noticeOf(path.join(root, folder)))
    .sort((a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en'));
}

/**
 * @param {readonly Notice[]} notices
 * @returns {string}
 */
export function noticesText(notices) {
  const head = 'This software contains the following packages of others. Their licenses follow.';
  const parts = notices.map(({ name, version, license, texts }) => {
    return `${'='.repeat(80)}\n${name} ${version} (${license})\n${'='.repeat(80)}\n\n${texts.join('\n\n')}`;
  });
  return `${[head, ...parts].join('\n\n')}\n`;
}

/** @param {readonly Notice[]} notices */
export function writeBundled(notices) {
  writeFileSync(bundledFile, JSON.stringify(notices));
}

/** @returns {readonly Notice[]} of the last build */
export function readBundled() {
  return JSON.parse(readFileSync(bundledFile, 'utf8'));
}

/**
 * @param {string} input
 * @returns {string | undefined} undefined for our own files
 */
export function packageFolder(input) {
  const marker = 'node_modules/';
  const at = input.lastIndexOf(marker);
  if (at === -1) return undefined;
  const [first = '', second = ''] = input.slice(at + marker.length).split('/');
  return input.slice(0, at + marker.length) + (first.startsWith('@') ? `${first}/${second}` : first);
}

/**
 * @param {string} folder of a package
 * @returns {Notice} @throws Error if none of its files contains its license
 */
export function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file));
  // Some packages have their license only in their repository.
  const own = path.join(root, 'scripts/licences', `${name.replace('/', '+')}.txt`);
  const sources = files.length > 0 ? files.sort().map((file) => path.join(folder, file)) : existsSync(own) ? [own] : [];
  const texts = sources.map((file) =>
    readFileSync(file, 'utf8').replaceAll(/\r\n?/g, '\n').replaceAll('\f', '').trim(),
  );
  if (texts.length === 0) throw new Error(`${name} is bundled, and no file in it tells its licence`);
  return { name, version, license: String(license), texts };
}
