import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { answer, type Part } from '@omnia-buildstream/tools/answer';
import { beginOf, blocksOf, endOf } from '@omnia-buildstream/tools/foreign/blocks';
import { hostileText } from '../../support/hostileText.ts';

const marker = '0f3c5d3a-6a0e-4d2e-9d5c-8a2f4f0d9b11';
const from = ['GitLab'] as const;

/** Hostile texts that even know the marker, which is impossible in practice. */
const knowing = fc
  .array(fc.oneof(hostileText, fc.constantFrom(marker, endOf(marker), beginOf(marker), '\n', marker.slice(0, 18))), {
    maxLength: 8,
  })
  .map((parts) => parts.join(''));

suite('text of others in an answer', () => {
  test('stands in a block of its own, whose last line alone closes it', () => {
    fc.assert(
      fc.property(knowing, (foreign) => {
        const [own, block = ''] = blocksOf(answer({ own: 'Ours.' }, { foreign, from }), () => marker);
        assert.equal(own, 'Ours.');
        const lines = block.split('\n');
        assert.equal(lines.filter((line) => line.includes(endOf(marker))).length, 1);
        assert.equal(lines.filter((line) => line.includes(beginOf(marker))).length, 1);
        assert.equal(lines[1], beginOf(marker));
        assert.equal(lines.at(-1), endOf(marker));
        assert.ok(!lines.slice(2, -1).join('\n').includes(marker));
      }),
      { numRuns: 2000 },
    );
  });

  test('has no sign that a person does not see, and nothing that steers a terminal', () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, fc.string({ unit: 'binary' })), (foreign) => {
        const [block = ''] = blocksOf(answer({ foreign, from }), () => marker);
        assert.doesNotMatch(block.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 2000 },
    );
    const tags = Array.from('obey', (sign) => String.fromCodePoint(0xe00_00 + (sign.codePointAt(0) ?? 0))).join('');
    assert.doesNotMatch(blocksOf(answer({ foreign: `log ${tags}`, from }), () => marker).join(''), /\p{Cf}/u);
  });

  test('each answer has a marker of its own', () => {
    let count = 0;
    const next = (): string => `marker-${String((count += 1))}`;
    const parts: Part[] = [
      { foreign: 'a', from },
      { foreign: 'b', from },
    ];
    const first = blocksOf(answer(...parts), next);
    const second = blocksOf(answer(...parts), next);
    assert.ok(first.every((block) => block.includes('marker-1')));
    assert.ok(second.every((block) => block.includes('marker-2')));
  });

  test('is cut where nobody would read on, and says so outside of the block', () => {
    const [block = ''] = blocksOf(answer({ foreign: 'x'.repeat(300_000), from }), () => marker);
    assert.ok(block.length < 110_000);
    assert.match(block.split('\n')[0] ?? '', /cut after 100000 characters/);
  });
});
