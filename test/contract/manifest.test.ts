import assert from 'node:assert/strict';
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { stagePackage } from '../../scripts/package.mjs';

interface Manifest {
  readonly engines: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category?: string }[];
  };
}

const root = path.resolve(import.meta.dirname, '../..');
const manifestText = readFileSync(path.join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(manifestText) as Manifest;
const strings = readJson('package.nls.json') as Record<string, string>;
const usedKeys = [...manifestText.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? '');

test('every command is ours and has its title and category in package.nls.json', () => {
  for (const { command, title, category } of manifest.contributes.commands) {
    assert.match(command, /^buildstream\.\w+(\.\w+)*$/);
    assert.match(title, /^%.+%$/, `${command}: put the title into package.nls.json`);
    assert.equal(category, '%category%', `${command}: category must be %category%`);
  }
});

test('every %key% of the manifest is in package.nls.json, and every key there is used', () => {
  assert.deepEqual(
    usedKeys.filter((key) => strings[key] === undefined),
    [],
    'missing in package.nls.json',
  );
  assert.deepEqual(
    Object.keys(strings).filter((key) => !usedKeys.includes(key)),
    [],
    'not used in package.json',
  );
});

test('every translation of the manifest has exactly the keys of the original', () => {
  for (const file of globSync('package.nls.*.json', { cwd: root })) {
    assert.deepEqual(Object.keys(readJson(file) as object).sort(), Object.keys(strings).sort(), file);
  }
});

test('every file the manifest points at exists', () => {
  const files = [...manifestText.matchAll(/"(\.?\/?(?:media|schemas|syntaxes|snippets|l10n|language-)[\w./-]*)"/g)];
  assert.ok(files.length > 0);
  const missing = files.map(([, file]) => file ?? '').filter((file) => !existsSync(path.join(root, file)));
  assert.deepEqual(missing, []);
});

test('@types/vscode is of the version that engines.vscode asks for', () => {
  assert.equal(`^${manifest.devDependencies['@types/vscode'] ?? ''}`, manifest.engines['vscode']);
});

test('the package holds only what belongs in it', (t) => {
  const folder = stagePackage(mkdtempSync(path.join(os.tmpdir(), 'buildstream-manifest-')));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  const packaged = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
  const optional = ['schemas', 'snippets', 'syntaxes'].filter((folder) => existsSync(path.join(root, folder)));
  const translations = globSync('package.nls.*.json', { cwd: root });
  const expected = [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dist',
    ...(existsSync(path.join(root, 'docs/rules')) ? ['docs'] : []),
    'l10n',
    'language-configuration.json',
    'media',
    'package.json',
    'package.nls.json',
  ];
  const topLevel = new Set(packaged.map((file) => file.split('/')[0]));
  assert.deepEqual([...topLevel].sort(), [...expected, ...optional, ...translations].sort());
  const names = [
    'cli.js',
    'cli.parts.js',
    'extension.js',
    'fleetMap.js',
    'gitlab.js',
    'importNodes.js',
    'languageClient.js',
    'runTimeline.js',
    'server.js',
    'stages.js',
    'tools.js',
  ];
  const bundles = ['THIRD-PARTY-NOTICES.txt', ...names].map((name) => `dist/${name}`);
  assert.deepEqual(packaged.filter((file) => file.startsWith('dist/')).sort(), bundles);
});

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
}
