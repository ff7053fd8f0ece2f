import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { checkFailedNodes } from '@omnia-buildstream/core/failedNodes/check';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import { failedListOf } from '@omnia-buildstream/core/plan/failedList';
import { readStateText } from '@omnia-buildstream/core/plan/stateText';
import { withPlainNumbers } from '@omnia-buildstream/core/text/pythonJson';
import { fc } from '../../support/properties/fastCheck.ts';

const isRefusedByCheck = (text: string): boolean =>
  checkFailedNodes({ document: readFailedNodesDocument(text) }).some(({ rule }) => rule.code === 'failed-nodes-syntax');

function isRefusedByPlan(text: string): boolean {
  const list = failedListOf(text, undefined);
  return list.kind === 'broken' && list.problems.some(({ kind }) => kind === 'failed-not-json');
}

const list = (status: string, more = ''): string =>
  `{"failed_nodes": [{"bmc_ip": "10.37.16.25", "status": ${status}}]${more}}`;

suite("failed_nodes.json is JSON where Python's reader says so, for the check and for the plan", () => {
  const cases: readonly [title: string, text: string, isJson: boolean][] = [
    ['a whole file', list('"failed"'), true],
    ['NaN, which Python writes for a missing number', list('"failed"', ', "total_nodes": NaN'), true],
    ['Infinity', list('"failed"', ', "total_nodes": Infinity'), true],
    ['-Infinity as a status', list('-Infinity'), true],
    ['the same words in a text', list('"NaN, Infinity"'), true],
    ['-NaN', list('-NaN'), false],
    ['a longer word', list('NaNo'), false],
    ['another case', list('nan'), false],
    ['a comment', list('"failed" /* NaN */'), false],
    ['single quotes', list("'NaN'"), false],
    ['a text that is never closed', list('"NaN'), false],
    ['many brackets', list(`${'['.repeat(2_000)}${']'.repeat(2_000)}`), false],
    ['nothing', '', false],
  ];
  for (const [title, text, isJson] of cases) {
    test(title, () => {
      assert.equal(isRefusedByCheck(text), !isJson);
      assert.equal(isRefusedByPlan(text), !isJson);
      if (text !== '')
        assert.equal(
          readStateText(text).problems.some(({ kind }) => kind === 'state-not-json'),
          !isJson,
        );
    });
  }

  const piece = fc.constantFrom(
    ...['{', '}', '[', ']', ',', ':', ' ', '\n', '"', '\\', '"a"', '"failed_nodes"', '"NaN"', '\t', '/', '//', '/**/'],
    ...['NaN', '-', 'Infinity', '-Infinity', '+', '0', '01', '1.5', '1.', '.5', '1e3', '1e', 'null', 'true', 'nul'],
    ...['\\u0041', '"\\u00"', '"\\x"', '\u0001', '\u00a0', '\ufeff', 'é'],
  );

  test('both agree on any text', () => {
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, fc.boolean(), (value, isInside) => {
        const file = isInside ? list('"failed"', `, "job_id": ${value}`) : value;
        // What the first characters say about the bytes comes first for the plan.
        fc.pre(!file.startsWith('\ufeff'));
        assert.equal(isRefusedByCheck(file), isRefusedByPlan(file), JSON.stringify(file));
      }),
      { numRuns: 3_000 },
    );
  });

  test('everything keeps its place', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        assert.equal(withPlainNumbers(text).length, text.length);
      }),
    );
  });
});
