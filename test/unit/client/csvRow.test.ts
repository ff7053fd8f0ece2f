import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineOfCsvRow } from '@omnia-buildstream/client/language/csvRow';

const text = ['A,B', '', '1,2', '"3', 'x",4', '5,6'].join('\n');

test('2.2 counts rows without blank lines, and the header is row 1', () => {
  assert.deepEqual(
    [1, 2, 3, 4, 5].map((row) => lineOfCsvRow(text, row, '2.2')),
    [0, 2, 3, 5, undefined],
  );
});

test('2.3 counts blank lines too; a cell with a line break makes one row of two lines', () => {
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6].map((row) => lineOfCsvRow(text, row, '2.3')),
    [0, 1, 2, 3, 5, undefined],
  );
});

test('there is no row 0', () => {
  assert.equal(lineOfCsvRow(text, 0, '2.2'), undefined);
});
