import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { applyEdits } from '@omnia-buildstream/core/text/applyEdits';
import { validFile } from '../../support/editing/validFile.ts';
import { modelAt } from '../../support/modelAt.ts';

/** The line with another cell in front, for a duplicate column that Omnia ignores. */
const withSecond = (line: string, at: number): string =>
  line === '' || line.startsWith('#') ? line : `${at === 0 ? 'HOSTNAME' : `old${String(at)}`},${line}`;

test('taking a duplicate column out gives the file as it was without it, line ends and comments included', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom('\n', '\r\n'),
      fc.constantFrom('', '\n', '\n\n'),
      fc.boolean(),
      (count, eol, end, hasNote) => {
        const lines = validFile('2.2', count).trimEnd().split('\n');
        if (hasNote) lines.splice(2, 0, '');
        const whole = (all: readonly string[]): string => all.join(eol) + end.replaceAll('\n', eol);
        const text = whole(lines.map(withSecond));
        const { model } = modelAt(text);
        const finding = model.findings().find(({ rule }) => rule.code === 'duplicate-column') ?? assert.fail(text);
        const [fix = assert.fail('no fix')] = model.fixes(finding);
        assert.equal(applyEdits(text, fix.edits), whole(lines));
      },
    ),
    { numRuns: 50 },
  );
});
