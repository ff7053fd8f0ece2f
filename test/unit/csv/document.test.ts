import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { csvText, offsetEdit, outsideLineEnd, positionAt } from '../../support/csvText.ts';

const shape = (document: CsvDocument): unknown =>
  document.records.map(({ cells, eol, lineCount, faults }) => ({ cells, eol, lineCount, faults }));

test('after any edits the records equal those of the resulting text', () => {
  fc.assert(
    fc.property(csvText, fc.array(offsetEdit, { maxLength: 12 }), (start, edits) => {
      let text = start.replaceAll('\ufeff', '');
      const document = new CsvDocument(text);
      for (const edit of edits) {
        const from = outsideLineEnd(text, Math.min(edit.from, text.length));
        const to = Math.max(from, outsideLineEnd(text, Math.min(from + edit.length, text.length)));
        const newText = edit.newText.replaceAll('\ufeff', '');
        document.edit({ range: { start: positionAt(text, from), end: positionAt(text, to) }, newText });
        text = text.slice(0, from) + newText + text.slice(to);
        assert.equal(document.text(), text);
        const fresh = new CsvDocument(text);
        assert.equal(document.delimiter, fresh.delimiter);
        assert.deepEqual(shape(document), shape(fresh));
        assert.ok(
          document.records.every((record, i) => i === 0 || record.order > (document.records[i - 1]?.order ?? 0)),
          'orders increase',
        );
        document.records.forEach((record, i) => {
          assert.equal(document.indexOf(record), i);
        });
      }
    }),
    { numRuns: 3000 },
  );
});

test('many inserts at one place keep the order', () => {
  const document = new CsvDocument('a\nz\n');
  for (let i = 0; i < 3000; i++) {
    document.edit({ range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, newText: 'm\n' });
  }
  assert.equal(document.records.length, 3003);
  assert.ok(document.records.every((record, i) => i === 0 || record.order > (document.records[i - 1]?.order ?? 0)));
});

test('positions inside a cell with line breaks', () => {
  const document = new CsvDocument('a,"b\nc",d\ne\n');
  assert.deepEqual(document.cellRange(0, 1), { start: { line: 0, character: 2 }, end: { line: 1, character: 2 } });
  assert.deepEqual(document.cellAt({ line: 1, character: 3 }), { index: 0, cell: 2 });
  assert.equal(document.lineOf(1), 2);
  assert.equal(document.indexAtLine(2), 1);
});

test('a cell that is missing lies at the end of its record', () => {
  const document = new CsvDocument('a,b\n');
  assert.deepEqual(document.cellRange(0, 5), { start: { line: 0, character: 3 }, end: { line: 0, character: 3 } });
});

test('the separator is read from the first line that is neither blank nor a comment', () => {
  assert.equal(new CsvDocument('\n# a;b\nGROUP_NAME;HOSTNAME\n').delimiter, ';');
  assert.equal(new CsvDocument('GROUP_NAME\tHOSTNAME\n').delimiter, '\t');
  assert.equal(new CsvDocument('GROUP_NAME,HOST;NAME\n').delimiter, ',');
});

test('a byte order mark is kept and counts for no position', () => {
  const document = new CsvDocument('\ufeffa,b\n');
  assert.equal(document.bom, true);
  assert.deepEqual(document.cellRange(0, 0).end, { line: 0, character: 1 });
  assert.equal(document.text(), '\ufeffa,b\n');
});
