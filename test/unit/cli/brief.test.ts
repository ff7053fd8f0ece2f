import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { isBrief } from '@omnia-buildstream/cli/start/brief';

/** One that has the flags. */
const version = 'v24.0.0';

suite('whether a check is brief', () => {
  let folder: string;
  const at = (name: string): string => path.join(folder, name);

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'brief-'));
    await writeFile(at('small.csv'), 'a,b\n');
    await writeFile(at('large.csv'), 'x'.repeat(300_000));
    await mkdir(at('folder'));
    await symlink(at('loop'), at('loop'));
    await symlink(at('small.csv'), at('link.csv'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  test('small files are, large ones and those that others send are not', () => {
    assert.equal(isBrief(['validate', at('small.csv'), at('link.csv'), '--format=json'], version), true);
    assert.equal(isBrief(['validate', at('small.csv'), at('large.csv')], version), false);
    assert.equal(isBrief(['validate', '-'], version), false);
    assert.equal(isBrief(['validate', '/dev/null'], version), false);
    assert.equal(isBrief(['plan', at('small.csv')], version), false);
    assert.equal(isBrief(['validate', at('small.csv')], 'v26.0.0'), false);
  });

  // ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG, a byte that no path has, and what is no file.
  const names = ['none.csv', 'small.csv/x.csv', 'loop', 'x'.repeat(5000), 'a\0b', 'folder'];
  for (const name of names) {
    test(`${JSON.stringify(name.slice(0, 20))} is left to the command, which tells what is wrong with it`, () => {
      assert.equal(isBrief(['validate', at('small.csv'), at(name)], version), false);
    });
  }
});
