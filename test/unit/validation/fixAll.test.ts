import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { fixAll, fixedText } from '@omnia-buildstream/core/validation/fixAll';
import { MappingModel } from '@omnia-buildstream/core/validation/model';
import { fc } from '../../support/properties/fastCheck.ts';
import { mappingFile } from '../../../bench/mappingFile.mjs';
import { applyEdits } from '../../support/textEdits.ts';
import { soundCluster as cluster } from '../../support/cluster.ts';
import { mappingText, validationSettings } from '../../support/mappingText.ts';
import { modelAt } from '../../support/modelAt.ts';

test('fixing twice is fixing once, and edits give the same text as fixing the text', () => {
  fc.assert(
    fc.property(mappingText, validationSettings, (text, settings) => {
      const model = new MappingModel(new CsvDocument(text), mappingRules, settings);
      const fixed = applyEdits(text, fixAll(model).edits);
      assert.equal(fixed, fixedText(text, settings, mappingRules).text);
      assert.equal(fixedText(fixed, settings, mappingRules).text, fixed);
    }),
    { numRuns: 300 },
  );
});

test('an edit spans no more than the records that change', () => {
  const { model } = modelAt(cluster.replace('cn-001', ' cn-001').replace('kcp1', ' kcp1'));
  assert.deepEqual(
    fixAll(model).edits.map(({ range }) => [range.start.line, range.end.line]),
    [
      [1, 1],
      [4, 4],
    ],
  );
});

test('only the fixes of one rule', () => {
  const padded = cluster.replace('cn-001', ' cn-001');
  const { model } = modelAt(padded.replace('grp3,COMP002', 'GRP3,COMP002'));
  assert.equal(applyEdits(padded, fixAll(model, 'surrounding-blanks').edits), cluster);
});

test('a byte order mark and other separators are removed from a text', () => {
  const { settings } = modelAt(cluster).model;
  const { text, remaining } = fixedText(`\ufeff${cluster}`, settings, mappingRules);
  assert.equal(text, cluster);
  assert.deepEqual(remaining.findings(), []);
  assert.equal(fixedText(cluster.replaceAll(',', ';'), settings, mappingRules).text, cluster);
});

test('a line end of another kind survives', () => {
  const { settings } = modelAt(cluster).model;
  const crlf = cluster.replaceAll('\n', '\r\n');
  assert.equal(fixedText(crlf.replace('cn-001', ' cn-001'), settings, mappingRules).text, crlf);
});

test('a budget is kept in judged and moved records, and what is left is fixed by doing it again', () => {
  const rows = 120;
  const padded = mappingFile(rows).replaceAll('\nslurm', '\n slurm').replaceAll(',node', ', node');
  const { settings } = modelAt(cluster).model;
  // Each edit moves all records: allows 30 edits per call.
  const budget = { judged: 3 * rows, moved: 30 * (rows + 2) };
  let text = padded;
  for (let time = 0; time < 8; time++) {
    const { edits, isComplete } = fixAll(
      new MappingModel(new CsvDocument(text), mappingRules, settings),
      undefined,
      budget,
    );
    assert.equal(isComplete, time === 7);
    assert.ok(edits.length > 0 && edits.length <= 30);
    text = applyEdits(text, edits);
  }
  const last = fixAll(new MappingModel(new CsvDocument(text), mappingRules, settings), undefined, budget);
  assert.deepEqual(last, { edits: [], isComplete: true });
  assert.equal(text, fixedText(padded, settings, mappingRules).text);
});

test('a file that may be judged once more only is fixed as far as one round goes', () => {
  const rows = 120;
  const text = mappingFile(rows).replaceAll(',node', ', node');
  const { settings } = modelAt(cluster).model;
  const model = new MappingModel(new CsvDocument(text), mappingRules, settings);
  const { edits, isComplete } = fixAll(model, undefined, { judged: rows, moved: Infinity });
  assert.equal(isComplete, false);
  assert.equal(applyEdits(text, edits), fixedText(text, settings, mappingRules).text);
});
