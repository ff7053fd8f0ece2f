/** A question is completely visible in a window of 1280×800; the plan has the rest. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { fits, fitted, questionSize } from '@omnia-buildstream/core/text/fitting';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';

const word = fc.stringMatching(/^[a-z]{1,90}$/);
const line = fc.array(word, { minLength: 1, maxLength: 40 }).map((words) => words.join(' '));
const paragraph = fc.oneof(line, fc.array(line, { minLength: 1, maxLength: 30 }));
const paragraphs = fc.array(paragraph, { minLength: 1, maxLength: 20 });
const rest = 'Show Plan has all of it.';

/** Number of rows that a text takes in a box of this width, with word wrap. */
function rows(shown: readonly Paragraph[]): number {
  const text = shown.map((lines) => [lines].flat().join('\n')).join('\n\n');
  const wrapped = text.split('\n').flatMap((one) => {
    const made = [''];
    for (const piece of one.split(' ').flatMap((part) => part.match(/.{1,56}/g) ?? [''])) {
      const last = made.at(-1) ?? '';
      if (last === '') made[made.length - 1] = piece;
      else if (last.length + 1 + piece.length <= questionSize.columns) made[made.length - 1] = `${last} ${piece}`;
      else made.push(piece);
    }
    return made;
  });
  return wrapped.length;
}

suite('what a question shows', () => {
  test('is no higher than the box, whatever there is to say', () => {
    fc.assert(
      fc.property(paragraphs, (all) => {
        assert.ok(rows(fitted(all, rest)) <= questionSize.lines);
      }),
    );
  });

  test('is all of it when that fits, and else says where all of it is', () => {
    fc.assert(
      fc.property(paragraphs, (all) => {
        const shown = fitted(all, rest);
        if (fits(all)) assert.deepEqual(shown, all);
        else if ([shown].flat(2).at(-1) !== rest) assert.deepEqual([shown].flat(2), [all].flat(2));
      }),
    );
  });

  test('has more room above wide buttons, and never less', () => {
    const buttons = fc.array(fc.string({ maxLength: 40 }), { maxLength: 5 });
    fc.assert(
      fc.property(paragraphs, buttons, (all, labels) => {
        if (fits(all)) assert.ok(fits(all, labels));
        const shown = [fitted(all, rest, labels)].flat(2);
        assert.ok(shown.length >= [fitted(all, rest)].flat(2).length || shown.at(-1) !== rest);
      }),
    );
    // Four German ones: the box is 584 pixels wide instead of 450.
    const wide = ['Zuerst BMCs prüfen', '60 Knoten per PXE starten', 'Plan anzeigen'];
    const words = Array.from({ length: 29 }, () => 'a'.repeat(66));
    assert.ok(!fits([words]));
    assert.ok(fits([words], wide));
  });

  test('shows as much of a long text as there is room for, and ends it with a sentence if that leaves out little', () => {
    const long = (count: number) => Array.from({ length: count }, (_, n) => `word${String(n)}`).join(' ');
    const notes = (count: number) => Array.from({ length: count }, (_, n) => `note ${String(n)}`);
    const rowsOfFirst = (text: string, count: number) =>
      rows([[fitted([text, notes(count), 'here'], rest)[0] ?? ''].flat()]);
    const text = `slurm-node3. ${long(70)}.`;
    assert.equal(rows([text]), 9);
    assert.deepEqual(
      [15, 18, 20, 40].map((count) => rowsOfFirst(text, count)),
      [9, 7, 5, 4],
    );
    const firstOf = (first: string) => fitted([first, notes(40), 'here'], rest)[0];
    assert.deepEqual(firstOf(`${long(25)}. ${long(60)}.`), [`${long(25)}.`]);
    assert.match([firstOf(`slurm-node3. ${long(60)}.`) ?? ''].flat()[0] ?? '', /^slurm-node3\. word0 .* word\d+…$/);
  });

  test('begins at the top and ends with where it happens', () => {
    const notes = (count: number) => Array.from({ length: count }, (_, n) => `note ${String(n)}`);
    const shown = fitted(['60 nodes', ...notes(60), 'Project root/omnia'], rest);
    assert.deepEqual(shown[0], ['60 nodes']);
    assert.equal(shown[1]?.[0], 'note 0');
    assert.deepEqual(shown.at(-1), ['Project root/omnia', rest]);
    const close = fitted(['60 nodes', ...notes(20), 'Project root/omnia'], rest);
    assert.deepEqual(close, [['60 nodes'], notes(20), ['Project root/omnia']], 'without gaps before without notes');
    const ways = ['All at Once:', ...notes(30)];
    assert.deepEqual(
      [fitted(['1', notes(22), ways, 'here'], rest)].flat(2).filter((text) => text.endsWith(':')),
      [],
    );
  });
});
