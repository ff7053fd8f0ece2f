import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { buildWebExtension } from '../../../scripts/web/package.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
const folder = await buildWebExtension();
const textOf = (name: string): string => readFileSync(path.join(folder, name), 'utf8');

interface Manifest {
  readonly version: string;
  readonly main?: string;
  readonly engines: { readonly vscode: string };
  readonly contributes: { readonly configuration: { readonly properties: Readonly<Record<string, unknown>> } };
}

suite('the extension for browsers', () => {
  test('has no code that asks a network, and none of Node', () => {
    for (const name of ['extension.js', 'server.js']) {
      const code = textOf(name);
      assert.doesNotMatch(code, /\bfetch\(|XMLHttpRequest|\bWebSocket\b|EventSource|sendBeacon|importScripts/, name);
      const required = new Set([...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, module]) => module));
      assert.deepEqual([...required], name === 'extension.js' ? ['vscode'] : [], name);
    }
  });

  test('is of the same version as the other, runs without a host on a machine, and is checked against its oldest VS Code', () => {
    const manifest = JSON.parse(textOf('package.json')) as Manifest;
    const main = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest & {
      readonly devDependencies: Readonly<Record<string, string>>;
    };
    assert.equal(manifest.version, main.version);
    assert.equal(manifest.main, undefined);
    assert.ok(Object.keys(manifest.contributes.configuration.properties).length > 3);
    const [, checked = ''] =
      /@types\/vscode@(\d+\.\d+)\.\d+$/.exec(main.devDependencies['@types/vscode-1.94'] ?? '') ?? [];
    assert.equal(manifest.engines.vscode, `^${checked}.0`);
  });

  test('has each text that its manifest names, in both languages, and German for what it can say', () => {
    const keys = [...textOf('package.json').matchAll(/"%([^%"]+)%"/g)].map(([, key = '']) => key);
    for (const name of ['package.nls.json', 'package.nls.de.json']) {
      const texts = JSON.parse(textOf(name)) as Readonly<Record<string, string>>;
      assert.deepEqual(
        [...new Set(keys)].filter((key) => texts[key] === undefined),
        [],
        name,
      );
    }
    const german = JSON.parse(textOf('l10n/bundle.l10n.de.json')) as Readonly<Record<string, string>>;
    assert.ok(german["Duplicate hostname '{value}'."] !== undefined);
  });
});
