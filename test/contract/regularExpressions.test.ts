import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expressionsOfSources, faultsOf, judgedExpressions, nameOf } from '../support/judgeExpressions.ts';

test('every regular expression takes time that grows with the text and not with its square', async () => {
  const judged = judgedExpressions();
  const fresh = expressionsOfSources().filter((one) => !judged.has(nameOf(one)));
  assert.deepEqual(await faultsOf(fresh), []);
});

test('recheck sees one that is not', async () => {
  const slow = { place: 'here', source: '^su[\\s_-]*([a-z]?)[\\s_-]*0*([0-9]+)$', flags: 'i' };
  const [fault = ''] = await faultsOf([slow]);
  assert.match(fault, /^here: .* is not linear: .*polynomial/);
});

test('the list of expressions that were judged has none that is gone', () => {
  const names = new Set(expressionsOfSources().map(nameOf));
  assert.deepEqual(
    [...judgedExpressions()].filter((name) => !names.has(name)),
    [],
  );
});
