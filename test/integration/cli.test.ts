import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';

const launcher = path.resolve(import.meta.dirname, '../../packages/cli/bin/buildstream.cjs');

test('the launcher runs the bundled command line', () => {
  const output = execFileSync(process.execPath, [launcher, '--version'], { encoding: 'utf8' });
  assert.match(output, /\d+\.\d+\.\d+/);
});
