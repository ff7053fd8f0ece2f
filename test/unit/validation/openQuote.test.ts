import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { headersOf } from '@omnia-buildstream/core/mapping/columns';
import { omniaVersions, traitsOf } from '@omnia-buildstream/core/mapping/versions';
import { obstaclesIn } from '@omnia-buildstream/core/plan/obstacles';
import { modelAt } from '../../support/modelAt.ts';
import { errorsIn } from '../../support/editing/findings.ts';
import { validFile } from '../../support/editing/validFile.ts';

/** A stray quote before a cell of row `at`, and a quoted cell in a later row. */
const scene = fc.record({
  version: fc.constantFrom(...omniaVersions),
  count: fc.integer({ min: 4, max: 30 }),
  at: fc.nat(1000),
  later: fc.nat(1000),
  cell: fc.nat(8),
  laterCell: fc.nat(8),
});

type Scene = typeof scene extends fc.Arbitrary<infer S> ? S : never;

function build({ version, count, at, later, cell, laterCell }: Scene) {
  const lines = validFile(version, count).split('\n');
  const first = 1 + (at % (count - 1));
  const last = first + 1 + (later % (count - first));
  const quote = (line: string, index: number, end: string): string =>
    line
      .split(',')
      .map((value, i) => (i === index && value !== '' ? `"${value}${end}` : value))
      .join(',');
  lines[last] = quote(lines[last] ?? '', laterCell, '"');
  const clean = lines.join('\n');
  lines[first] = quote(lines[first] ?? '', cell, '');
  return { clean, text: lines.join('\n'), first, last, isStray: clean !== lines.join('\n') };
}

test('a stray quote keeps the rows below: each is a node, and none is judged otherwise than without the quote', () => {
  fc.assert(
    fc.property(scene, (given) => {
      const { clean, text, first, isStray } = build(given);
      fc.pre(isStray);
      const { model } = modelAt(text, { version: given.version });
      const before = modelAt(clean, { version: given.version }).model;
      assert.equal(model.rowCount, before.rowCount);
      const [open, ...more] = model.document.unclosed;
      assert.equal(model.document.indexOf(open ?? assert.fail('no open quote')), first);
      assert.deepEqual(more, []);
      assert.ok(model.findings().some(({ rule, place }) => rule.code === 'csv-syntax' && place.record === open));
      const below = [...model.rows].filter(({ record }) => record !== open).map(({ text }) => text);
      const wanted = [...before.rows].filter((_, index) => index !== first - 1).map(({ text }) => text);
      assert.deepEqual(below, wanted);
    }),
  );
});

test('Omnia still refuses the file, or loses the rows below: no stage may go by it', () => {
  fc.assert(
    fc.property(scene, (given) => {
      const { text, isStray } = build(given);
      fc.pre(isStray);
      const { model } = modelAt(text, { version: given.version });
      if (!traitsOf(given.version).readsOnInQuotes) {
        assert.ok(errorsIn(model).some(({ rule }) => rule.code === 'csv-syntax'));
        return;
      }
      assert.ok(errorsIn(model).length > 0);
      assert.deepEqual(
        obstaclesIn(model).map(({ kind }) => kind),
        ['open-quote'],
      );
    }),
  );
});

test('typing and removing a quote touches its own row only', () => {
  const header = headersOf('2.2')[0]?.join(',') ?? '';
  const row = (n: number, host: string): string => `slurm_node_x86_64,grp1,TAG${String(n)},,${host},,,,,,`;
  const rows = Array.from({ length: 500 }, (_, n) => row(n, n === 400 ? '"cn400"' : `cn${String(n)}`));
  const document = new CsvDocument([header, ...rows, ''].join('\n'));
  const at = { line: 101, character: 'slurm_node_x86_64,grp1,TAG100,,'.length };
  const typed = document.edit({ range: { start: at, end: at }, newText: '"' });
  assert.deepEqual([typed.at, typed.removed.length, typed.added.length], [101, 1, 1]);
  const below = { line: 300, character: 0 };
  const beside = document.edit({ range: { start: below, end: below }, newText: 'x' });
  assert.deepEqual([beside.at, beside.removed.length, beside.added.length], [300, 1, 1]);
  const undone = document.edit({ range: { start: at, end: { ...at, character: at.character + 1 } }, newText: '' });
  assert.deepEqual([undone.at, undone.removed.length, undone.added.length], [101, 1, 1]);
  assert.deepEqual(document.unclosed, []);
});
