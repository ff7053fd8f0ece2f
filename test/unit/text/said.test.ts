import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { inSentences, mapTexts, together, wordsOf, type Said } from '@omnia-buildstream/core/text/phrase';
import { SaidError, saidOf } from '@omnia-buildstream/core/text/saidError';
import type { Say } from '@omnia-buildstream/core/text/message';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import { fc } from '../../support/properties/fastCheck.ts';

/** Stands in for another language: puts each of our texts in brackets. */
const marked: Say = (template, params) => `[${renderMessage(template, params)}]`;

const { said } = fc.letrec<{ said: Said }>((tie) => ({
  said: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('', 'BMC says no'),
    fc.record({ message: fc.constant('it is {what}'), params: fc.record({ what: tie('said') }) }),
    fc.record({ parts: fc.array(tie('said'), { maxLength: 3 }), separator: fc.constantFrom('; ', ': ') }),
  ),
}));

suite('what is said', () => {
  test('is worded in the language that is asked for, and what others say stays as it is', () => {
    fc.assert(
      fc.property(said, (one) => {
        const count = JSON.stringify(one).split('"message"').length - 1;
        assert.equal(wordsOf(one, marked).split('[').length - 1, count);
        assert.equal(wordsOf(one, marked).replaceAll(/[[\]]/g, ''), wordsOf(one));
      }),
    );
  });

  test('is cleaned in all of its parts', () => {
    fc.assert(
      fc.property(said, (one) => {
        assert.ok(!wordsOf(mapTexts(one, (text) => text.replace('BMC', '***'))).includes('BMC'));
      }),
    );
  });

  test('is put together without what is empty', () => {
    assert.equal(wordsOf(together(['', 'one', '', { message: 'two', params: {} }], '; ')), 'one; two');
    assert.equal(together(['', ''], '; '), '');
    assert.equal(wordsOf(inSentences(['One', 'Two!', 'Three.'])), 'One. Two! Three.');
  });

  test('is what an error of ours brings, and the message of any other', () => {
    const error = new SaidError({ message: 'no {what}', params: { what: 'power' } });
    assert.deepEqual([error.message, wordsOf(saidOf(error), marked)], ['no power', '[no power]']);
    assert.deepEqual([saidOf(new Error('x')), saidOf('y')], ['x', 'y']);
  });
});
