import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { expressionsOfSources, faultsOf, judgedFile, nameOf } from '../support/judgeExpressions.ts';

/** Takes a minute or two. JUDGE=write rewrites the list of checked expressions. */
test('every regular expression is linear, also those that were judged before', async () => {
  const expressions = expressionsOfSources();
  assert.deepEqual(await faultsOf(expressions), []);
  if (process.env['JUDGE'] !== 'write') return;
  writeFileSync(judgedFile, `${JSON.stringify([...new Set(expressions.map(nameOf))].sort(), undefined, 2)}\n`);
});
