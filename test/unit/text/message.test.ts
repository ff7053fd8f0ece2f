import assert from 'node:assert/strict';
import { test } from 'node:test';
import { code, md } from '@omnia-buildstream/core/text/markdown';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import { firstOf } from '@omnia-buildstream/core/validation/firstOf';
import { fc } from '../../support/properties/fastCheck.ts';

test('placeholders are filled, unknown ones stay, and values are not read again', () => {
  assert.equal(renderMessage('{a} of {b}, {c}', { a: '{b}', b: 2 }), '{b} of 2, {c}');
});

test('a translation may put the placeholders in another order', () => {
  assert.equal(
    renderMessage('{a} of {b}', { a: 1, b: 2 }, () => '{b}: {a}'),
    '2: 1',
  );
});

test('escaped text has no Markdown, code shows back-ticks', () => {
  assert.equal(String(md`${'*a*\n[b](c)'}`), '\\*a\\* \\[b\\]\\(c\\)');
  assert.equal(String(code('a`b')), '`` a`b ``');
  assert.equal(String(code('')), '');
});

test('the first of many are those of a full sort', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 20 }), (numbers, limit) => {
      const compare = (a: number, b: number): number => a - b;
      assert.deepEqual(firstOf(numbers, limit, compare), numbers.toSorted(compare).slice(0, limit));
    }),
  );
});
