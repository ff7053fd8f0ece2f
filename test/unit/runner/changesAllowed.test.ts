import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { changesAllowed } from '@omnia-buildstream/runner/user/changesAllowed';

const uid = process.getuid?.();
const yes = '{ "allowChanges": true }';

function folderWith(t: TestContext, text: string, { mode = 0o600, folderMode = 0o700 } = {}): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'obs-tools-'));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  writeFileSync(path.join(folder, 'tools.json'), text);
  chmodSync(path.join(folder, 'tools.json'), mode);
  chmodSync(folder, folderMode);
  return folder;
}

suite('changes are allowed by a file of the user alone', { skip: uid === undefined && 'users have no numbers' }, () => {
  test('that says so', async (t) => {
    assert.equal(await changesAllowed({ folder: folderWith(t, yes), uid }), true);
    assert.equal(await changesAllowed({ folder: folderWith(t, yes, { mode: 0o644, folderMode: 0o755 }), uid }), true);
  });

  test('and by nothing less', async (t) => {
    const texts = [
      '',
      '{}',
      'true',
      '[]',
      '{"allowChanges": 1}',
      '{"allowChanges": "true"}',
      '{"allowChanges": false}',
    ];
    for (const text of [...texts, `${yes}}`]) {
      assert.equal(await changesAllowed({ folder: folderWith(t, text), uid }), false, text);
    }
    assert.equal(await changesAllowed({ folder: '/no/such/folder', uid }), false);
  });

  test('not by a file or a folder that others may write, or that belongs to another user', async (t) => {
    for (const modes of [{ mode: 0o620 }, { mode: 0o602 }, { folderMode: 0o720 }, { folderMode: 0o702 }]) {
      assert.equal(await changesAllowed({ folder: folderWith(t, yes, modes), uid }), false, JSON.stringify(modes));
    }
    assert.equal(await changesAllowed({ folder: folderWith(t, yes), uid: (uid ?? 0) + 1 }), false);
  });

  test('not by a link into a project, a folder in its place, or a file without end', async (t) => {
    const project = folderWith(t, yes);
    const home = folderWith(t, yes);
    rmSync(path.join(home, 'tools.json'));
    symlinkSync(path.join(project, 'tools.json'), path.join(home, 'tools.json'));
    assert.equal(await changesAllowed({ folder: home, uid }), false);
    rmSync(path.join(home, 'tools.json'));
    mkdirSync(path.join(home, 'tools.json'));
    assert.equal(await changesAllowed({ folder: home, uid }), false);
    const large = folderWith(t, `${' '.repeat(100_000)}${yes}`);
    assert.equal(await changesAllowed({ folder: large, uid }), false);
    const linked = path.join(folderWith(t, ''), 'link');
    symlinkSync(project, linked);
    assert.equal(await changesAllowed({ folder: linked, uid }), false, 'a folder that is a link');
  });
});
