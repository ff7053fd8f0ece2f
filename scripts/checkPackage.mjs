/** Checks the contents and the size of dist/omnia-buildstream.vsix. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { root, vsixFile } from './paths.mjs';

const maxPackageBytes = 3_000_000;
/** Limit for what VS Code reads when the extension starts. */
const maxEntryBytes = 450_000;
const allowed = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/package(\.nls(\.[\w-]+)?)?\.json$/,
  /^extension\/(readme\.md|changelog\.md|LICENSE\.txt|language-configuration\.json)$/,
  /^extension\/dist\/(cli(\.parts)?|extension|fleetMap|gitlab|importNodes|languageClient|runTimeline|server|stages|tools)\.js$/,
  /^extension\/dist\/THIRD-PARTY-NOTICES\.txt$/,
  /^extension\/docs\/rules\/[\w-]+\.md$/,
  /^extension\/l10n\/bundle\.l10n(\.[\w-]+)?\.json$/,
  /^extension\/media\/(walkthrough\/)?[\w.-]+\.(png|svg|md|css)$/,
  /^extension\/(schemas|syntaxes|snippets)\/[\w.-]+\.json$/,
];
const required = [
  'package.json',
  'package.nls.json',
  'readme.md',
  'LICENSE.txt',
  'dist/cli.js',
  'dist/cli.parts.js',
  'dist/extension.js',
  'dist/fleetMap.js',
  'dist/gitlab.js',
  'dist/importNodes.js',
  'dist/languageClient.js',
  'dist/runTimeline.js',
  'dist/server.js',
  'dist/stages.js',
  'dist/tools.js',
  'dist/THIRD-PARTY-NOTICES.txt',
  'media/buildstream.svg',
  'media/page.css',
  'schemas/failed_nodes.schema.json',
];

const bytes = statSync(vsixFile).size;
const entryBytes = statSync(path.join(root, 'dist/extension.js')).size;
const entries = zipEntries(readFileSync(vsixFile));
const problems = [
  ...entries
    .filter((name) => !allowed.some((pattern) => pattern.test(name)))
    .map((name) => `must not be packaged: ${name}`),
  ...required.filter((name) => !entries.includes(`extension/${name}`)).map((name) => `is missing: ${name}`),
  ...(entryBytes > maxEntryBytes
    ? [`dist/extension.js is too large: ${entryBytes} bytes, at most ${maxEntryBytes}`]
    : []),
  ...(bytes > maxPackageBytes ? [`is too large: ${bytes} bytes, at most ${maxPackageBytes}`] : []),
];
console.log(
  `${vsixFile}: ${entries.length} files, ${Math.round(bytes / 1000)} kB; entry of the client ${Math.round(entryBytes / 1000)} kB`,
);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

/**
 * The file names in a zip archive, from its central directory (APPNOTE.TXT 4.3.12 and 4.3.16).
 * @param {Buffer} zip
 */
function zipEntries(zip) {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  const count = zip.readUInt16LE(end + 10);
  const names = [];
  for (let at = zip.readUInt32LE(end + 16), index = 0; index < count; index++) {
    const nameLength = zip.readUInt16LE(at + 28);
    names.push(zip.toString('utf8', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return names;
}
