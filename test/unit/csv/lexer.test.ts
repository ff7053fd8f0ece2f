import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { fc } from '../../support/properties/fastCheck.ts';
import { lex } from '@omnia-buildstream/core/csv/lexer';
import { cellValue } from '@omnia-buildstream/core/csv/record';
import { csvText } from '../../support/csvText.ts';

const values = (text: string): string[][] => lex(text, ',').records.map((record) => record.cells.map(cellValue));
const raw = (text: string): string[][] => lex(text, ',').records.map((record) => [...record.cells]);

test('the pieces of all records make up the text again', () => {
  fc.assert(
    fc.property(csvText, (text) => {
      const again = lex(text, ',').records.map((record) => record.cells.join(',') + record.eol);
      assert.equal(again.join(''), text);
    }),
  );
});

test('the lexer agrees with csv-parse on whatever csv-parse accepts', () => {
  let accepted = 0;
  fc.assert(
    fc.property(csvText, (text) => {
      // csv-parse takes a NUL after a closing quote for the end of the text; Python's reader rejects any NUL.
      fc.pre(!text.includes('"\0'));
      let expected: string[][];
      try {
        expected = parse(text, {
          record_delimiter: ['\r\n', '\n', '\r'],
          relax_column_count: true,
          skip_empty_lines: false,
        });
      } catch {
        return;
      }
      accepted++;
      const records = values(text);
      // The lexer makes an editor's last line a separate record, even if it is empty.
      if (raw(text).at(-1)?.join() === '') records.pop();
      assert.deepEqual(records, expected);
    }),
    { numRuns: 2000 },
  );
  assert.ok(accepted > 200, `csv-parse accepted only ${String(accepted)} of the texts`);
});

test('line ends of every kind, mixed', () => {
  const { records } = lex('a\nb\r\nc\rd', ',');
  assert.deepEqual(
    records.map(({ eol }) => eol),
    ['\n', '\r\n', '\r', ''],
  );
});

test('a quoted cell keeps commas, doubled quotes and line ends', () => {
  assert.deepEqual(values('"a,""b""\r\nc",d\n'), [['a,"b"\r\nc', 'd'], ['']]);
  assert.equal(lex('"a\r\nb\rc",d', ',').records[0]?.lineCount, 3);
});

test('an unclosed quote ends with its line and spoils nothing below', () => {
  const { records } = lex('a,"b,c\nd,e\n', ',');
  assert.deepEqual(raw('a,"b,c\nd,e\n'), [['a', '"b,c'], ['d', 'e'], ['']]);
  assert.deepEqual(records[0]?.faults, [{ kind: 'unclosed-quote', cell: 1 }]);
});

test('a quote that closes in the middle of a value below, with a row between, ends with its line', () => {
  const row = 'a,b,c,d';
  const text = `x,"y,z\n${row}\n${row}\ne,"f",g,h\n`;
  const { records, open } = lex(text, ',');
  assert.deepEqual(raw(text), [
    ['x', '"y,z'],
    ['a', 'b', 'c', 'd'],
    ['a', 'b', 'c', 'd'],
    ['e', '"f"', 'g', 'h'],
    [''],
  ]);
  assert.deepEqual(records[0]?.faults, [{ kind: 'runaway-quote', cell: 1 }]);
  assert.deepEqual([...open.values()], [3]);
  assert.ok(records.slice(1).every(({ faults }) => faults.length === 0));
});

test('a value of several lines stays one, also with text behind its quote, while none of them looks like a row', () => {
  assert.deepEqual(values('"a\nb"c,d\n'), [['a\nbc', 'd'], ['']]);
  assert.deepEqual(values('"1,2,3,4\n1,2,3,4\n",d\n'), [['1,2,3,4\n1,2,3,4\n', 'd'], ['']]);
});

test('text after a closing quote belongs to the cell, as in Python', () => {
  assert.deepEqual(values('"ab"cd,e'), [['abcd', 'e']]);
  assert.deepEqual(lex('"ab"cd,e', ',').records[0]?.faults, [{ kind: 'text-after-quote', cell: 0 }]);
});

test('a quote inside a cell is literal', () => {
  assert.deepEqual(values('a"b,c'), [['a"b', 'c']]);
  assert.deepEqual(lex('a"b,c', ',').records[0]?.faults, [{ kind: 'bare-quote', cell: 0 }]);
});

test('a million columns', () => {
  assert.equal(lex(','.repeat(999_999), ',').records[0]?.cells.length, 1_000_000);
});
