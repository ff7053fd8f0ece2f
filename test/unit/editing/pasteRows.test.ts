import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { cellValue } from '@omnia-buildstream/core/csv/record';
import { changeTable } from '@omnia-buildstream/core/editing/changeTable';
import type { TableChange } from '@omnia-buildstream/core/editing/tableChange';
import { headersOf, type ColumnName } from '@omnia-buildstream/core/mapping/columns';
import { omniaVersions } from '@omnia-buildstream/core/mapping/versions';
import { applyEdits } from '@omnia-buildstream/core/text/applyEdits';
import type { Range } from '@omnia-buildstream/core/text/position';
import { strip } from '@omnia-buildstream/core/text/pythonText';
import type { MappingModel } from '@omnia-buildstream/core/validation/model';
import { assertNewFindingsAreOfTheSource, changedAtOnce } from '../../support/editing/newFindings.ts';
import { validFile } from '../../support/editing/validFile.ts';
import { modelAt, say } from '../../support/modelAt.ts';

const separators = ['\t', ';', '|', ','] as const;

const odd = fc.constantFrom('', 'N/A', 'Rack 1, unit 2', 'a"b', '"x', 'grp1', 'x y', '10.1', 'ä', "it's");

const scene = fc.record({
  version: fc.constantFrom(...omniaVersions),
  count: fc.integer({ min: 1, max: 8 }),
  added: fc.integer({ min: 1, max: 12 }),
  from: fc.integer({ min: 0, max: 40 }),
  separator: fc.constantFrom(...separators),
  columns: fc.nat(0xffffff),
  eol: fc.constantFrom('\n', '\r\n'),
  hasHeader: fc.boolean(),
  oddAt: fc.array(fc.tuple(fc.nat(11), fc.nat(11), odd), { maxLength: 4 }),
  at: fc.option(fc.nat(20)),
});

type Scene = typeof scene extends fc.Arbitrary<infer S> ? S : never;

/** A table as a spreadsheet copies it to the clipboard, with quotes where a value needs them. */
function tableText(rows: readonly (readonly string[])[], separator: string, eol: string): string {
  const quoted = (value: string): string =>
    value.includes('"') || value.includes(separator) ? `"${value.replaceAll('"', '""')}"` : value;
  return rows.map((row) => row.map(quoted).join(separator) + eol).join('');
}

/** Some columns of valid rows, in any order, with a few odd values. */
function source({ version, added, from, separator, columns, eol, hasHeader, oddAt }: Scene) {
  const header = headersOf(version)[0] ?? [];
  const valid = validFile(version, from + added + 1)
    .split('\n')
    .slice(from + 2, from + 2 + added)
    .map((line) => line.split(','));
  let bits = columns;
  const chosen = header
    .map((name, cell) => ({ name, cell, key: (bits = (bits * 7919 + 13) % 0xffffff) }))
    .filter(({ key, cell }) => key % 5 > 0 || cell < 3)
    .sort((a, b) => (hasHeader ? a.key - b.key : 0));
  const rows = valid.map((cells, row) =>
    chosen.map(({ cell }, at) => oddAt.find(([r, c]) => r === row && c === at)?.[2] ?? cells[cell] ?? ''),
  );
  const all = hasHeader ? [chosen.map(({ name }): string => name), ...rows] : rows;
  return { text: tableText(all, separator, eol), names: chosen.map(({ name }) => name), rows };
}

function paste(model: MappingModel, text: string, at?: Range): TableChange | undefined {
  return changeTable(model, { kind: 'paste', text, ...(at !== undefined && { at }) }, say);
}

const cursor = (line: number, character = 0): Range => ({ start: { line, character }, end: { line, character } });

test('whatever table is pasted: findings are of the source, other rows keep their bytes, one undo restores the file', () => {
  let pasted = 0;
  fc.assert(
    fc.property(scene, (given) => {
      const { model: before, text } = modelAt(validFile(given.version, given.count), { version: given.version });
      const { text: clipboard, rows } = source(given);
      const at = given.at === null ? undefined : cursor(Math.min(given.at, before.document.lineCount - 1));
      const change = paste(before, clipboard, at);
      if (change === undefined) return;
      pasted++;
      assert.equal(change.refused, null);
      const model = changedAtOnce(text, change.edits, before.settings);
      const lines = new Set(text.split('\n'));
      assertNewFindingsAreOfTheSource(
        before,
        model,
        (record) => !lines.has(record.cells.join(',')),
        new Set(rows.flat().map(strip)),
      );
      assert.equal(model.document.records.length, before.document.records.length + change.count);
      // A single insertion: nothing else changes, and a single undo reverts it.
      assert.deepEqual(
        change.edits.map(({ range }) => range.end),
        change.edits.map(({ range }) => range.start),
      );
      assert.equal(change.edits.length, 1);
    }),
    { numRuns: 400 },
  );
  assert.ok(pasted > 200, String(pasted));
});

test('with a header each value goes under its column, whatever the order and the separator', () => {
  fc.assert(
    fc.property(scene, (given) => {
      const { model } = modelAt(validFile(given.version, given.count), { version: given.version });
      const { text, names, rows } = source({ ...given, hasHeader: true });
      const change = paste(model, text);
      const filled = rows.filter((row) => row.some((value) => value !== ''));
      assert.equal(change?.count, filled.length);
      const after = modelAt(applyEdits(model.document.text(), change.edits), { version: given.version }).model;
      const added = after.document.records.slice(-1 - filled.length, -1);
      for (const [at, record] of added.entries()) {
        for (const [index, name] of names.entries()) {
          const cell = after.layout.cellOf[name] ?? -1;
          assert.equal(strip(cellValue(record.cells[cell] ?? '')), strip(filled[at]?.[index] ?? ''));
        }
      }
    }),
    { numRuns: 200 },
  );
});

const header = headersOf('2.2')[0] ?? [];
const base = validFile('2.2', 3, header);
const model = modelAt(base).model;

test('without a header columns are told by what their values look like, addresses by those of the file', () => {
  const text = ['172.17.9.9', '7KT0042', 'cn042', '172.16.9.9', '02:00:00:00:aa:01', 'slurm_node_x86_64'].join('\t');
  const known = modelAt(base.replaceAll('172.17.0.', '172.17.9.').replaceAll('172.16.0.', '172.16.9.')).model;
  const change = paste(known, text);
  const row = change?.edits[0]?.newText.trim().split(',') ?? [];
  const valueOf = (column: ColumnName): string => row[header.indexOf(column)] ?? '';
  assert.deepEqual(
    [valueOf('BMC_IP'), valueOf('ADMIN_IP'), valueOf('SERVICE_TAG'), valueOf('HOSTNAME'), valueOf('ADMIN_MAC')],
    ['172.17.9.9', '172.16.9.9', '7KT0042', 'cn042', '02:00:00:00:aa:01'],
  );
});

test('names of other programs are known, and what has no place is said', () => {
  const text = 'Device Name\tService Tag\tModel\tiDRAC IP\nxe-1\tABC1234\tXE9680\t10.9.9.9\n';
  const change = paste(model, text);
  const row = change?.edits[0]?.newText.trim().split(',') ?? [];
  assert.equal(row[header.indexOf('HOSTNAME')], 'xe-1');
  assert.equal(row[header.indexOf('BMC_IP')], '10.9.9.9');
  assert.match(change?.notes.join() ?? '', /left out: Model\./);
});

test('what is no table, a row as the file has it, and a place inside a row are pasted as they are', () => {
  const row = base.split('\n')[2] ?? '';
  for (const text of ['cn-1', '02:00:00:00:00:01', 'one, two', row, `${row}\n${row}\n`]) {
    assert.equal(paste(model, text, cursor(2)), undefined, text);
  }
  const inside = { start: { line: 1, character: 2 }, end: { line: 1, character: 5 } };
  assert.equal(paste(model, row.replaceAll(',', '\t'), inside), undefined);
});

test('rows go above a row from its beginning, below it from elsewhere, and in place of an empty line or of whole lines', () => {
  const tabs = (base.split('\n')[2] ?? '').replaceAll(',', '\t');
  const row = base.split('\n')[2] ?? '';
  const lines = base.split('\n');
  const pasteAt = (range: Range, text = base): string[] => {
    const change = paste(modelAt(text).model, tabs, range);
    return applyEdits(text, change?.edits ?? assert.fail('not pasted')).split('\n');
  };
  assert.deepEqual(pasteAt(cursor(2)), lines.toSpliced(2, 0, row));
  assert.deepEqual(pasteAt(cursor(2, 4)), lines.toSpliced(3, 0, row));
  assert.deepEqual(pasteAt(cursor(0)), lines.toSpliced(1, 0, row));
  assert.deepEqual(pasteAt(cursor(4)), lines.toSpliced(4, 0, row));
  const gap = lines.toSpliced(2, 0, '');
  assert.deepEqual(pasteAt(cursor(2), gap.join('\n')), lines.toSpliced(2, 0, row));
  const whole = { start: { line: 1, character: 0 }, end: { line: 3, character: 0 } };
  assert.deepEqual(pasteAt(whole), lines.toSpliced(1, 2, row));
});
