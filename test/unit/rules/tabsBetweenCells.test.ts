import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { omniaVersions } from '@omnia-buildstream/core/mapping/versions';
import { trimPadding } from '@omnia-buildstream/core/language/format';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { fixedText } from '@omnia-buildstream/core/validation/fixAll';
import { errorsIn } from '../../support/editing/findings.ts';
import { validFile } from '../../support/editing/validFile.ts';
import { modelAt } from '../../support/modelAt.ts';

const scene = fc.record({
  version: fc.constantFrom(...omniaVersions),
  count: fc.integer({ min: 3, max: 12 }),
  tabbed: fc.uniqueArray(fc.nat(11), { minLength: 1 }),
});

test('rows that were pasted with tabs: one finding and one fix each, and "fix all" gives the rows that were copied', () => {
  fc.assert(
    fc.property(scene, ({ version, count, tabbed }) => {
      const text = validFile(version, count);
      const lines = text.split('\n');
      const rows = tabbed.map((at) => 1 + (at % count));
      for (const at of rows) lines[at] = (lines[at] ?? '').replaceAll(',', '\t');
      const { model } = modelAt(lines.join('\n'), { version });
      const found = model
        .findings()
        .filter(({ place }) => rows.includes(place.record === undefined ? -1 : model.document.indexOf(place.record)));
      assert.deepEqual(
        found.map(({ rule }) => rule.code),
        [...new Set(rows)].map(() => 'tabs-between-cells'),
      );
      for (const finding of found) assert.equal(model.fixes(finding).length, 1);
      const fixed = fixedText(lines.join('\n'), model.settings, mappingRules);
      assert.equal(fixed.text, text);
      assert.deepEqual(errorsIn(fixed.remaining), []);
    }),
  );
});

test('no fix of blanks takes a tab that stands between cells', () => {
  const row = 'slurm_node_x86_64\tgrp1\tTAG1\t\tcn1\t';
  for (const line of [row, `\t${row}`, '\tcn1\t', `${row},\tx\t,`]) {
    const { model } = modelAt(`${validFile('2.2', 2)}${line}\n`);
    assert.deepEqual(trimPadding(model), [], line);
    const blanks = model.findings().filter(({ rule }) => rule.code === 'surrounding-blanks');
    for (const finding of blanks) assert.deepEqual(model.fixes(finding), [], line);
  }
});
