import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateWhen } from '../../support/vscode/whenClause.ts';

const context = (key: string) =>
  ({ yes: true, no: false, word: 'node failed', other: 'a-b' })[key as 'yes' | 'no' | 'word' | 'other'];

const cases: readonly (readonly [clause: string, expected: boolean])[] = [
  ['yes', true],
  ['no', false],
  ['missing', false],
  ['true', true],
  ['false', false],
  ['!no && yes', true],
  ['no && no || yes', true],
  ['no && (no || yes)', false],
  ['!(no || yes)', false],
  ['other == a-b', true],
  ['other != a-b', false],
  ['missing != a-b', true],
  ['yes == true', true],
  ['word =~ /^node\\b.*\\bfailed\\b/', true],
  ['word =~ /\\bhasBmc\\b(?!.*\\bcommented\\b)/', false],
  ['missing =~ /x/', false],
];

for (const [clause, expected] of cases) {
  test(`the clause ${clause} is ${String(expected)}`, () => {
    assert.equal(evaluateWhen(clause, context), expected);
  });
}

for (const clause of ['', 'yes &&', '(yes', 'yes yes', 'yes in other', 'yes > 3', '&& yes']) {
  test(`a clause that is not understood is no clause that holds: "${clause}"`, () => {
    assert.throws(() => evaluateWhen(clause, context));
  });
}
