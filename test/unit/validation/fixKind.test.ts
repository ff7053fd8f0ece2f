import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { changeTable } from '@omnia-buildstream/core/editing/changeTable';
import { omniaVersions } from '@omnia-buildstream/core/mapping/versions';
import { applyEdits } from '@omnia-buildstream/core/text/applyEdits';
import { chosenFix, fixKind } from '@omnia-buildstream/core/validation/fixKind';
import type { MappingModel } from '@omnia-buildstream/core/validation/model';
import { errorsIn } from '../../support/editing/findings.ts';
import { validFile } from '../../support/editing/validFile.ts';
import { mappingText, validationSettings } from '../../support/mappingText.ts';
import { modelAt, say } from '../../support/modelAt.ts';

/** The text after the first fix of a rule's first finding was applied to all findings of its kind. */
function choose(model: MappingModel, code: string): string {
  const finding = model.sortedFindings().find(({ rule }) => rule.code === code) ?? assert.fail(`no ${code}`);
  const fixes = model.fixes(finding);
  const [fix] = fixes;
  const { edits } = fixKind(model, chosenFix(finding, fix ?? assert.fail('no fix'), fixes));
  return applyEdits(model.document.text(), edits);
}

test('rows of one group with different parents: one choice, one edit', () => {
  const lines = validFile('2.2', 14).split('\n');
  const text = lines.map((line, at) => (at > 2 ? line.replace(',,', `,TAG${String(900 + at)},`) : line)).join('\n');
  const { model } = modelAt(text);
  assert.equal(model.findings().filter(({ rule }) => rule.code === 'group-parent-mismatch').length, 12);
  const after = modelAt(choose(model, 'group-parent-mismatch')).model;
  assert.deepEqual(
    after.findings().filter(({ rule }) => rule.code === 'group-parent-mismatch'),
    [],
  );
});

test('duplicate addresses get one free address each', () => {
  fc.assert(
    fc.property(fc.constantFrom(...omniaVersions), fc.integer({ min: 3, max: 20 }), (version, count) => {
      const text = validFile(version, count).replaceAll(/172\.17\.[0-9]+\.[0-9]+/g, '172.17.0.9');
      const { model } = modelAt(text, { version });
      const after = modelAt(choose(model, 'dup-bmc-ip'), { version }).model;
      assert.equal(new Set([...after.rows].map((row) => row.text.BMC_IP)).size, count);
      assert.deepEqual(errorsIn(after), []);
    }),
  );
});

test('whatever fix is chosen for a kind, only rows change that a finding of it lies in or points to', () => {
  fc.assert(
    fc.property(mappingText, validationSettings, fc.nat(1000), (text, settings, pick) => {
      const { model } = modelAt(text, settings);
      const offers = model.sortedFindings().flatMap((finding) => {
        const fixes = model.fixes(finding);
        return fixes.filter(({ edits }) => edits.length === 1).map((fix) => ({ finding, fix, fixes }));
      });
      const offer = offers[pick % offers.length];
      if (offer?.finding.place.cell === undefined) return;
      const { code } = offer.finding.rule;
      const before = model.document.records.map((record) => record.cells.join());
      const touched = new Set(
        model
          .findings()
          .filter(({ rule }) => rule.code === code)
          .flatMap((finding) => [finding.place, ...finding.related.map(({ place }) => place)])
          .map(({ record }) => record),
      );
      const { edits } = fixKind(model, chosenFix(offer.finding, offer.fix, offer.fixes));
      const after = new Set(
        modelAt(applyEdits(text, edits), settings).model.document.records.map(({ cells }) => cells.join()),
      );
      const lost = before.filter((line, at) => !after.has(line) && !touched.has(model.document.records[at]));
      assert.ok(
        lost.length === 0 || offer.fix.edits[0]?.range.start.line !== offer.fix.edits[0]?.range.end.line,
        lost.join('\n'),
      );
    }),
    { numRuns: 300 },
  );
});

test('"fix all" says what it repaired and what is left, by kind', () => {
  const text = validFile('2.2', 4)
    .replace('cn002', ' cn002 ')
    .replace('172.17.0.3', 'x')
    .replace('02:00:00:00:00:03', '0200.0000.0003');
  const change = changeTable(modelAt(text).model, { kind: 'fix-all' }, say);
  assert.equal(change?.count, 2);
  assert.match(change.notes.join('\n'), /repaired \(2\): .*bad-mac \(1\)/);
  assert.match(change.notes.join('\n'), /left \(\d+\).*bad-ipv4 \(1\)/);
});
