import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Files that may read without checking what they read, with the reason: the path is under our control, or the check is
 * done there.
 */
const allowed: Readonly<Record<string, string>> = {
  'packages/engine/src/files/readRegularFile.ts': 'asks itself',
  'packages/engine/src/files/ownFolder.ts': 'asks what is open before it reads',
  'packages/engine/src/state/processIdentity.ts': 'files of /proc about a process',
  'packages/cli/src/lab/cluster/nodes.ts': 'what the lab wrote into its own folder',
  'packages/lab/src/gitlab/git/repository.ts': 'the own repository of the lab',
  'packages/lab/src/ownership/labFolder.ts': 'the own folder of the lab',
};

const reads = [
  // An import from the file modules, even under another name. A type import reads nothing.
  /import\s+\{[^}]*\b(?<!type )(?:readFile|readFileSync|createReadStream|openAsBlob)\b[^}]*\}\s+from\s+'node:fs(?:\/promises)?'/,
  /\bfs\s*\.\s*(?:promises\s*\.\s*)?(?:readFileSync|createReadStream|openAsBlob)\s*\(/,
];

function readsPlainly(text: string): boolean {
  return reads.some((pattern) => pattern.test(text));
}

suite('a path that a folder, a setting or an argument names is read as a regular file of bounded size', () => {
  test('readRegularFile and readRegular are the only ways', () => {
    const files = globSync('{client,server,packages/*}/src/**/*.ts', { cwd: root });
    assert.ok(files.length > 500);
    const found = files.filter((file) => readsPlainly(readFileSync(path.join(root, file), 'utf8'))).sort();
    assert.deepEqual(
      found.filter((file) => !(file in allowed)),
      [],
      'read through readRegularFile: a device never ends, a pipe never begins',
    );
  });

  for (const text of [
    "import { readFile } from 'node:fs/promises';",
    "import { stat, readFile as read } from 'node:fs/promises';",
    "import { readFileSync } from 'node:fs';",
    "import {\n  createReadStream,\n  type Stats,\n} from 'node:fs';",
    'const text = fs.readFileSync(file);',
  ]) {
    test(`${text} would be found`, () => {
      assert.ok(readsPlainly(text));
    });
  }

  test('types read nothing', () => {
    assert.equal(readsPlainly("import type { readFile } from 'node:fs/promises';"), false);
    assert.equal(readsPlainly("import { open, type readFile } from 'node:fs/promises';"), false);
  });
});
