import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { collectTexts } from '../../scripts/l10n.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const bundle = readBundle('l10n/bundle.l10n.json');
const translations = globSync('l10n/bundle.l10n.*.json', { cwd: root });

test('l10n/bundle.l10n.json has every text that reaches the user; otherwise: npm run l10n', async () => {
  assert.deepEqual(bundle, await collectTexts());
});

test('the texts of every rule can be translated', () => {
  const texts = mappingRules.flatMap(({ messages }) => Object.values(messages));
  assert.deepEqual(
    texts.filter((text) => bundle[text] === undefined),
    [],
  );
});

test('the client calls vscode.l10n.t by its full name, by which its texts are found', () => {
  const aliased = globSync('client/src/**/*.ts', { cwd: root }).filter((file) =>
    /\{ ?t\b.*= vscode\.l10n|import \{.*\bl10n\b/.test(readFileSync(path.join(root, file), 'utf8')),
  );
  assert.deepEqual(aliased, []);
});

for (const file of translations) {
  const translation = readBundle(file);

  test(`${file} translates texts that exist, with their placeholders`, () => {
    for (const [text, translated] of Object.entries(translation)) {
      assert.ok(bundle[text] !== undefined, `no such text: ${text}`);
      assert.deepEqual(placeholders(translated), placeholders(text), text);
    }
  });

  test(`${file} has every text`, () => {
    assert.deepEqual(
      Object.keys(bundle).filter((text) => translation[text] === undefined),
      [],
    );
  });
}

function readBundle(file: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Record<string, string>;
}

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\w+\}/g))].sort();
}
