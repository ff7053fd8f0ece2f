import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { compileFailedNodes } from '../../scripts/compileSchemas.mjs';

const root = path.resolve(import.meta.dirname, '../..');

test('the compiled schema is up to date (npm run schemas)', () => {
  const file = path.join(root, 'packages/core/src/failedNodes/schemaValidator.generated.js');
  assert.equal(readFileSync(file, 'utf8'), compileFailedNodes());
});
