import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.resolve(import.meta.dirname, '../..');

/** Files whose lists are short whatever a folder or a server contains, with the content of the list. */
const short: Readonly<Record<string, string>> = {
  'packages/cli/src/buildstream.ts': 'our commands',
  'packages/cli/src/run/restart/planText.ts': 'our notes',
  'packages/cli/src/lab/help.ts': 'our faults',
  'packages/core/src/text/jsonTree.ts': 'one error at a time',
  'packages/core/src/validation/difference.ts': 'one edit for a piece of a file',
  'packages/provision/src/openchami/bootService.ts': 'a batch',
};

test('no list that somebody else may have made long is handed over as arguments: lists.ts does it', () => {
  const files = globSync(['packages/*/src/**/*.ts', 'client/src/**/*.ts', 'server/src/**/*.ts'], { cwd: root });
  const found = files
    .filter((file) => !file.startsWith('packages/lab/') && path.basename(file) !== 'lists.ts')
    .filter((file) =>
      /(?:\.push|Math\.(?:max|min))\((?:[^(){}]*, ?)?\.\.\./.test(readFileSync(path.join(root, file), 'utf8')),
    )
    .map((file) => file.replaceAll(path.sep, '/'));
  assert.deepEqual(found.sort(), Object.keys(short).sort());
});
