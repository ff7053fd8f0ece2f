/** A mapping file far larger than any cluster: findings after typing equal those of reading the whole file again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { MappingModel } from '@omnia-buildstream/core/validation/model';
import { rangeOf } from '@omnia-buildstream/core/validation/placeRange';
import type { ValidationSettings } from '@omnia-buildstream/core/validation/settings';
import { mappingFile, randomSource } from '../../bench/mappingFile.mjs';

const rows = 20_000;
const edits = 10;
const letters = 'abcdef0123456789.:-,"\n';
const settings: ValidationSettings = {
  version: '2.2',
  context: { share: 'nfs', dnsEnabled: false, software: new Set(['slurm_custom']) },
  overrides: new Map(),
  encoding: { kind: 'utf8' },
};

/** Findings as text: content and location. */
function report(model: MappingModel): string[] {
  return model
    .sortedFindings()
    .map(({ rule, place, message, params }) =>
      JSON.stringify([rule.code, rangeOf(model.document, place), message, params]),
    )
    .sort();
}

test(`${String(rows)} rows: after each of ${String(edits)} edits the findings equal those of a fresh model`, () => {
  const model = new MappingModel(new CsvDocument(mappingFile(rows)), mappingRules, settings);
  const random = randomSource(7);
  for (let edit = 0; edit < edits; edit++) {
    const index = 1 + random(model.document.records.length - 2);
    const { end } = model.document.cellRange(index, 0);
    model.edit({ range: { start: end, end }, newText: letters[random(letters.length)] ?? 'a' });
    const fresh = new MappingModel(new CsvDocument(model.document.text()), mappingRules, settings);
    assert.deepEqual(report(model), report(fresh), `edit ${String(edit)}`);
  }
});
