/** "1 nodes" is never shown: a text with a count has a second form for one, or avoids the plural: "Nodes: 1". */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.resolve(import.meta.dirname, '../../..');
const bundle = JSON.parse(readFileSync(path.join(root, 'l10n/bundle.l10n.json'), 'utf8')) as Record<string, string>;

/** A count followed by a plural, except "of {total} nodes", which follows another count. */
const counted =
  /(?<!\bof )\{\w+\} (?!for )(?:[a-z]+ )?(?:nodes|rows|bmcs|jobs|pods|tests|entries|problems|cells|checks|pipelines|images|files|groups|addresses|lines|columns|days|times)\b/i;

/** Texts whose count is always greater than one, and why. */
const always: readonly [text: RegExp, why: string][] = [
  [/^\{0\} days ago$/, 'hours are told up to two days'],
  [
    /^Header of Omnia |^The header has \{wanted\} cells|^The file is too large/,
    'nine columns at least; the limits of a file',
  ],
  [/^Mark all |^For all /, 'is offered for two and more'],
  [/refused the credentials \(\{credentials\}\)$/, 'is said after several refusals'],
  [/^Log in to \{0\} BMCs to (?:read their|see what)/, 'for one, the question names it'],
  [/^Restart \{0\} control nodes and protected nodes as well\?$/, 'for one: "1 control node or protected node"'],
  [/^Remove \{0\} rows from /, 'for one, the question names its node'],
];

/** The part that a text shares with its other form: without the count and the forms of verbs and pronouns. */
function shapeOf(text: string, count: RegExp): string {
  return text
    .replace(count, '#')
    .replaceAll(/\{\w+\}/g, '{}')
    .replaceAll(/\bare\b/g, 'is')
    .replaceAll(/\bresponds\b/g, 'respond')
    .replaceAll(/\bthem\b/g, 'it')
    .replaceAll(/\btheir\b/g, 'its');
}

const singular =
  /\b1 (?:[a-z]+ )?(?:node|row|bmc|job|pod|test|entry|problem|cell|check|pipeline|image|file|group|address|line|column|day|time)\b/i;

test('a text that counts has a form for one', () => {
  const texts = Object.keys(bundle);
  const forOne = new Set(texts.filter((text) => singular.test(text)).map((text) => shapeOf(text, singular)));
  const many = texts.filter((text) => counted.test(text));
  assert.ok(many.length > 40, String(many.length));
  const lacking = many.filter(
    (text) => !forOne.has(shapeOf(text, counted)) && !always.some(([known]) => known.test(text)),
  );
  assert.deepEqual(lacking, []);
});

test('each text that always counts several is still there', () => {
  assert.deepEqual(
    always.filter(([known]) => !Object.keys(bundle).some((text) => known.test(text) && counted.test(text))).map(String),
    [],
  );
});
