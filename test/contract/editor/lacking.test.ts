import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.resolve(import.meta.dirname, '../../..');

/** Matches texts that tell the user to provide something. */
const tellsToGet =
  /not signed in|Sign in to|Open a folder|Open a PXE|Set buildstream\.|in buildstream\.|setting buildstream\.|There is no PXE mapping|trusted workspace|Save it first|Save \{0\} first|is not running/;

/** Files with such texts in which there is nothing to provide: signing out while signed out, and valid settings. */
const bare = new Set(['client/src/oim/signInApi.ts', 'client/src/pipelines/account/signIn.ts']);

test('whoever lacks something gets the button for it, and no bare sentence', () => {
  const found = globSync('client/src/**/*.ts', { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !bare.has(file))
    .flatMap((file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      return text
        .split(/(?=\b(?:refused|new Error)\()/)
        .slice(1)
        .map((call) => call.slice(0, call.indexOf(';')))
        .filter((call) => tellsToGet.test(call))
        .map((call) => `${file}: ${call.replaceAll(/\s+/g, ' ')}`);
    });
  assert.deepEqual(found, []);
});
