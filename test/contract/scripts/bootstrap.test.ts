import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holds } from '../../../scripts/bootstrap.mjs';

const wanted = {
  '': {},
  'packages/core': { version: '0.1.0' },
  'node_modules/typescript': { version: '6.0.3', integrity: 'sha512-a' },
  'node_modules/typescript-7': { name: 'typescript', version: '7.0.2', integrity: 'sha512-b' },
  'node_modules/@typescript/typescript-linux-x64': { version: '7.0.2', integrity: 'sha512-c', optional: true },
  'node_modules/@typescript/typescript-win32-x64': { version: '7.0.2', integrity: 'sha512-d', optional: true },
  'node_modules/fsevents': { version: '2.3.3', integrity: 'sha512-e', devOptional: true },
};
const { 'node_modules/@typescript/typescript-win32-x64': _windows, 'node_modules/fsevents': _mac, ...onLinux } = wanted;

test('what npm ci leaves on one system is complete without the packages of the others', () => {
  assert.equal(holds(onLinux, wanted), true);
});

test('an alias that is missing, or stands for another package or version, is installed again', () => {
  const { 'node_modules/typescript-7': alias, ...without } = onLinux;
  assert.equal(holds(without, wanted), false);
  for (const other of [
    { ...alias, name: 'typescript-other' },
    { ...alias, version: '7.0.1' },
    { ...alias, integrity: 'sha512-z' },
  ]) {
    assert.equal(holds({ ...onLinux, 'node_modules/typescript-7': other }, wanted), false, JSON.stringify(other));
  }
});

test('an optional package of another version is installed again', () => {
  const old = { version: '7.0.1', integrity: 'sha512-y', optional: true };
  assert.equal(holds({ ...onLinux, 'node_modules/@typescript/typescript-linux-x64': old }, wanted), false);
});
