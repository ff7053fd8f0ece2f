import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { manifestWithRules } from '../../scripts/rulesManifest.mjs';

interface Manifest {
  readonly contributes: { readonly configuration: { readonly properties: Readonly<Record<string, unknown>> } };
}

const root = path.resolve(import.meta.dirname, '../..');
const manifestText = readFileSync(path.join(root, 'package.json'), 'utf8');
const settings = Object.keys((JSON.parse(manifestText) as Manifest).contributes.configuration.properties);

test('the setting buildstream.rules lists every rule; otherwise: npm run manifest', () => {
  assert.equal(manifestText.replaceAll('\r\n', '\n'), manifestWithRules(manifestText));
});

test('docs/settings.md has a section for every setting, and no others', () => {
  const page = readFileSync(path.join(root, 'docs/settings.md'), 'utf8');
  const described = [...page.matchAll(/^## `([\w.]+)`$/gm)].map(([, name]) => name);
  assert.deepEqual(described.sort(), settings.sort());
});
