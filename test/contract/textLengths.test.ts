/** What VS Code cuts or wraps out of shape: buttons, and notifications, in English and in each translation. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { shownTexts } from '../support/shownTexts.ts';

const root = path.resolve(import.meta.dirname, '../..');
const shown = shownTexts(root);
const limits = { button: { english: 30, other: 40 }, toast: { english: 180, other: 240 } } as const;

function tooLong(language: 'english' | 'other', translation: Readonly<Record<string, string>>): string[] {
  return shown.flatMap(({ kind, place, text }) => {
    const read = language === 'english' ? text : (translation[text] ?? text);
    const limit = limits[kind][language];
    return read.length > limit
      ? [`${place}: ${kind} of ${String(read.length)}, at most ${String(limit)}: ${read}`]
      : [];
  });
}

suite('buttons and notifications are short', () => {
  test('the texts are found', () => {
    const count = (kind: string): number => shown.filter((one) => one.kind === kind).length;
    assert.ok(count('toast') > 100, String(count('toast')));
    assert.ok(count('button') > 30, String(count('button')));
  });

  test('in English', () => {
    assert.deepEqual(tooLong('english', {}), []);
  });

  for (const file of globSync('l10n/bundle.l10n.*.json', { cwd: root })) {
    test(file, () => {
      const bundle = JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Readonly<Record<string, string>>;
      assert.deepEqual(tooLong('other', bundle), []);
    });
  }
});
