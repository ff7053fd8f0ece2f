/**
 * Texts that VS Code truncates or wraps badly if they are too long: buttons and notifications, in English and in each
 * translation.
 */
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

test('what pictures of a walkthrough say fits into its box', () => {
  /** Widest character, relative to the font size, in wide fonts. */
  const widest = 0.6;
  const padding = 8;
  const pictures = globSync('media/walkthrough/*.svg', { cwd: root });
  assert.ok(pictures.length > 0);
  for (const file of pictures) {
    const svg = readFileSync(path.join(root, file), 'utf8');
    const boxes = [...svg.matchAll(/<rect x="(\d+)" y="\d+" width="(\d+)"/g)].map(([, x, width]) => ({
      middle: Number(x) + Number(width) / 2,
      width: Number(width),
    }));
    const [, standard] = /font-size="(\d+)">/.exec(svg) ?? [];
    for (const [, x, , size = standard, text = ''] of svg.matchAll(
      /<text x="(\d+)" y="(\d+)"(?: font-size="(\d+)")?>([^<]*)/g,
    )) {
      const box = boxes.find(({ middle }) => middle === Number(x));
      assert.ok(box !== undefined, `${file}: ${text} is in the middle of no box`);
      assert.ok(text.length * Number(size) * widest <= box.width - 2 * padding, `${file}: ${text}`);
    }
  }
});

/** Maximum length: three lines next to the picture; the rest is truncated. */
const longestIntroduction = 80;

test('what introduces a walkthrough fits above its steps, in each language', () => {
  const { contributes } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    readonly contributes: { readonly walkthroughs: readonly { readonly description: string }[] };
  };
  const keys = contributes.walkthroughs.map(({ description }) => description.replaceAll('%', ''));
  assert.ok(keys.length > 0);
  for (const file of globSync('package.nls*.json', { cwd: root })) {
    const texts = JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Readonly<Record<string, string>>;
    for (const key of keys) assert.ok((texts[key] ?? '').length <= longestIntroduction, `${file}: ${key}`);
  }
});
