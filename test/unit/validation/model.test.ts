import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { fixAll, fixedText } from '@omnia-buildstream/core/validation/fixAll';
import { MappingModel } from '@omnia-buildstream/core/validation/model';
import { rangeOf } from '@omnia-buildstream/core/validation/placeRange';
import type { ValidationSettings } from '@omnia-buildstream/core/validation/settings';
import { csvText, offsetEdit, outsideLineEnd, positionAt } from '../../support/csvText.ts';
import { runs } from '../../support/runs.ts';
import { mappingLine, mappingText, validationSettings } from '../../support/mappingText.ts';

const plain: ValidationSettings = { version: '2.2', context: {}, overrides: new Map(), encoding: { kind: 'utf8' } };

function modelOf(text: string, settings: ValidationSettings): MappingModel {
  return new MappingModel(new CsvDocument(text), mappingRules, settings);
}

/** Findings as text: content, location and related locations. */
function report(model: MappingModel): string[] {
  const place = (at: Parameters<typeof rangeOf>[1]): string => JSON.stringify(rangeOf(model.document, at));
  return model
    .sortedFindings()
    .map(({ rule, place: at, message, params, related }) =>
      [rule.code, place(at), message, JSON.stringify(params), ...related.map((other) => place(other.place))].join(' '),
    )
    .sort();
}

const edit = fc.oneof(
  offsetEdit,
  fc.record({ from: fc.nat(900), length: fc.nat(90), newText: mappingLine.map((line) => `\n${line}\n`) }),
);

test('after any edits the findings equal those of a fresh model', () => {
  fc.assert(
    fc.property(mappingText, validationSettings, fc.array(edit, { maxLength: 6 }), (start, settings, edits) => {
      let text = start;
      const model = modelOf(text, settings);
      for (const { from: wanted, length, newText: inserted } of edits) {
        const newText = inserted.replaceAll('\ufeff', '');
        const from = outsideLineEnd(text, Math.min(wanted, text.length));
        const to = Math.max(from, outsideLineEnd(text, Math.min(from + length, text.length)));
        model.edit({ range: { start: positionAt(text, from), end: positionAt(text, to) }, newText });
        text = text.slice(0, from) + newText + text.slice(to);
        assert.deepEqual(report(model), report(modelOf(text, settings)));
      }
    }),
    { numRuns: runs(500) },
  );
});

test('other settings judge the same file as a fresh model does', () => {
  fc.assert(
    fc.property(mappingText, validationSettings, validationSettings, (text, first, second) => {
      const model = modelOf(text, first);
      model.configure(second);
      assert.deepEqual(report(model), report(modelOf(text, second)));
    }),
    { numRuns: runs(200) },
  );
});

test('no text makes a check or a fix throw', () => {
  const anything = fc.oneof(csvText, mappingText, fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(anything, validationSettings, (text, settings) => {
      const model = modelOf(text, settings);
      for (const finding of model.sortedFindings()) model.fixes(finding);
    }),
    { numRuns: runs(500) },
  );
});

test('applying all safe fixes twice equals applying them once', () => {
  fc.assert(
    fc.property(mappingText, validationSettings, (text, settings) => {
      const once = fixedText(text, settings, mappingRules).text;
      assert.equal(fixedText(once, settings, mappingRules).text, once);
    }),
    { numRuns: runs(300) },
  );
});

test('the edits of fix-all turn the text into the fixed text', () => {
  fc.assert(
    fc.property(mappingText, validationSettings, (text, settings) => {
      const model = modelOf(text, settings);
      const expected = fixedText(text, settings, mappingRules).text;
      const edits = [...fixAll(model).edits].sort(
        (a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character,
      );
      for (const one of edits) model.edit(one);
      assert.equal(model.document.text(), expected);
    }),
    { numRuns: runs(300) },
  );
});

test('a safe fix removes its finding and adds no error', () => {
  fc.assert(
    fc.property(mappingText, validationSettings, (text, settings) => {
      const model = modelOf(text, settings);
      for (const finding of model.sortedFindings().slice(0, 5)) {
        const fix = model.fixes(finding).find(({ safe }) => safe);
        if (fix === undefined || fix.edits.length === 0) continue;
        const fixed = modelOf(text, settings);
        const edits = [...fix.edits].sort(
          (a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character,
        );
        for (const one of edits) fixed.edit(one);
        const count = (of: MappingModel): number => of.findings().filter(({ rule }) => rule === finding.rule).length;
        assert.ok(count(fixed) < count(model), `${finding.rule.code} is still there`);
      }
    }),
    { numRuns: runs(300) },
  );
});

test('a file of 200,000 problems is judged', () => {
  const rows = Array.from({ length: 20_000 }, () => '-,-,-,-,-,-,-,-,-,,').join('\n');
  const header =
    'FUNCTIONAL_GROUP_NAME,GROUP_NAME,SERVICE_TAG,PARENT_SERVICE_TAG,HOSTNAME,ADMIN_MAC,ADMIN_IP,BMC_MAC,BMC_IP,IB_NIC_NAME,IB_IP';
  assert.ok(modelOf(`${header}\n${rows}\n`, plain).findings().length > 200_000);
});
