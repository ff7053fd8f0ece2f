import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { catalog } from '@omnia-buildstream/core/rules/catalog';
import { changeTable } from '@omnia-buildstream/core/editing/changeTable';
import { applyEdits } from '@omnia-buildstream/core/text/applyEdits';
import type { TextEdit } from '@omnia-buildstream/core/text/position';
import { chosenFix, fixKind } from '@omnia-buildstream/core/validation/fixKind';
import type { MappingModel } from '@omnia-buildstream/core/validation/model';
import { severityOf } from '@omnia-buildstream/core/validation/settings';
import { exampleOf, type RuleExample } from '../../support/editing/ruleExample.ts';
import { modelAt, say } from '../../support/modelAt.ts';

/**
 * Every rule with a fix, each with the bad example of its page, unchanged and with random changes to cells. No fix, no
 * fix for all findings of a kind and no "fix all" leaves more errors than before, none creates a node, and sorting
 * introduces no other kind of error.
 */

type Example = Omit<RuleExample, 'beside'>;

const errorsIn = (model: MappingModel): number =>
  model.findings().filter((finding) => severityOf(finding, model.settings) === 'error').length;

/** Number of nonempty lines, except headers: a fix may fill, repair or remove a line, but not create one. */
const linesIn = (text: string): number =>
  text.split(/\r?\n/).filter((line) => /[^\s,;|"]/.test(line) && !/HOST.?NAME/i.test(line)).length;

/** Their repair reveals what they hid from all other rules. */
const hiding = new Set([
  'csv-syntax',
  'cell-too-long',
  'not-utf8',
  'merge-conflict',
  'comment-line',
  'ragged-row',
  'unknown-column',
]);

interface Offer {
  readonly name: string;
  readonly edits: readonly TextEdit[];
}

/** Every fix, and its extension to all findings of the kind if one choice makes it. */
function offersOf(model: MappingModel): (Offer & { readonly code: string })[] {
  return model.sortedFindings().flatMap((finding) => {
    const fixes = model.fixes(finding);
    const { code } = finding.rule;
    return fixes.flatMap((fix) => [
      { code, name: `${code}, ${fix.title}`, edits: fix.edits },
      {
        code,
        name: `${code}, ${fix.title}, for all of the kind`,
        edits: fixKind(model, chosenFix(finding, fix, fixes)).edits,
      },
    ]);
  });
}

/** @returns the codes whose fixes were tested */
function judgeFixes({ text, version, context }: Example): Set<string> {
  const { model } = modelAt(text, { version, context });
  const before = errorsIn(model);
  const isHidden = model.findings().some(({ rule }) => hiding.has(rule.code) || rule.stops !== undefined);
  const offers = offersOf(model);
  const all = { name: 'fix all', edits: changeTable(model, { kind: 'fix-all' }, say)?.edits ?? [] };
  for (const { name, edits } of [...offers, all]) {
    const after = applyEdits(text, edits);
    assert.ok(linesIn(after) <= linesIn(text), `${name}:\n${after}`);
    if (isHidden) continue;
    const left = errorsIn(modelAt(after, { version, context }).model);
    assert.ok(left <= before, `${name}: ${String(before)} -> ${String(left)}\n${after}`);
  }
  judgeSorting(model, { text, version, context });
  return new Set(offers.map(({ code }) => code));
}

/** This rule compares the first workers with the first compilers, so it depends on the order. */
const byOrder = 'arch-mismatch';

function judgeSorting(model: MappingModel, { text, version, context }: Example): void {
  const codes = new Set([...errorCodes(model), byOrder]);
  for (const [cell] of model.layout.cells.entries()) {
    const at = model.document.cellRange(model.layout.headerIndex, cell).start;
    const change = changeTable(model, { kind: 'sort', at, isDescending: cell % 2 === 1 }, say);
    if (change === undefined || change.refused !== null) continue;
    const after = applyEdits(text, change.edits);
    const sorted = modelAt(after, { version, context }).model;
    assert.equal(linesIn(after), linesIn(text), after);
    const fresh = errorCodes(sorted).filter((code) => !codes.has(code));
    assert.deepEqual(fresh, [], `sorted by column ${String(cell)}:\n${after}`);
  }
}

const errorCodes = (model: MappingModel): string[] =>
  model.findings().flatMap((finding) => (severityOf(finding, model.settings) === 'error' ? finding.rule.code : []));

const fixed = catalog.filter(({ file, hasFix }) => file === 'mapping' && hasFix);

suite('every fix of every rule', () => {
  // No text has these findings: the fault is in the bytes.
  const byBytes = new Set(['not-utf8']);

  for (const { code } of fixed.filter((entry) => !byBytes.has(entry.code))) {
    test(`${code}: the fixes of its example`, () => {
      assert.ok(judgeFixes(exampleOf(code)).has(code), 'the example has no fix');
    });
  }

  const cell = fc.constantFrom(
    '',
    ' ',
    '#N/A',
    '1.23E+12',
    'cn-001',
    '10.37.0.22',
    'grp1',
    'SU1',
    '7KT001X',
    'x',
    'slurm_node_x86_64',
  );
  const change = fc.record({ line: fc.nat(9), cell: fc.nat(10), value: cell });
  const codes = fixed.map(({ code }) => code).filter((code) => !byBytes.has(code));
  test('the same with cells changed at random', () => {
    fc.assert(
      fc.property(fc.constantFrom(...codes), fc.array(change, { minLength: 1, maxLength: 3 }), (code, changes) => {
        const example = exampleOf(code);
        const lines = example.text.split('\n').map((line) => line.split(','));
        for (const { line, cell: at, value } of changes) {
          const cells = lines[line + 1];
          if (cells !== undefined && at < cells.length && cells.length > 1) cells[at] = value;
        }
        judgeFixes({ ...example, text: lines.map((cells) => cells.join(',')).join('\n') });
      }),
      { numRuns: 400 },
    );
  });
});
