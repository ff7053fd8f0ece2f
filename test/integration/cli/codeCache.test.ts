import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { CodeCache } from '@omnia-buildstream/cli/start/codeCache';
import { runProcess } from '../../support/cli/cliProcess.ts';
import { folderOf } from '../../support/cli/files.ts';

const mapping = path.resolve(import.meta.dirname, '../../fixtures/mapping/001-slurm-only.csv');
const check = ['validate', mapping, '--quiet'];

const isWindows = process.platform === 'win32' && 'users have no numbers there';
const cannotGive = process.getuid?.() !== 0 && 'only root can give a folder to somebody else';

/** The contents of the code cache folder in a home after a file was checked. */
async function keptIn(home: string, more: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const { code, stderr } = await runProcess(check, { env: { HOME: home, ...more } });
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  const folder = path.join(home, '.cache/omnia-buildstream');
  return existsSync(folder) ? readdirSync(folder) : [];
}

function modeOf(file: string): number {
  return statSync(file).mode & 0o777;
}

suite('compiled code is kept for the next start', { skip: isWindows }, () => {
  test('in a folder that nobody else may enter, once', async (context) => {
    const home = folderOf(context, {});
    const first = await keptIn(home);
    assert.ok(first.length > 0);
    const folder = path.join(home, '.cache/omnia-buildstream');
    assert.equal(modeOf(folder), 0o700);
    for (const name of first) assert.equal(modeOf(path.join(folder, name)), 0o600);
    const before = first.map((name) => statSync(path.join(folder, name)).mtimeMs);
    assert.deepEqual(await keptIn(home), first);
    assert.deepEqual(
      first.map((name) => statSync(path.join(folder, name)).mtimeMs),
      before,
      'it is written again',
    );
  });

  test('what is no compiled code there is not run, and replaced', async (context) => {
    const home = folderOf(context, {});
    const [name = ''] = await keptIn(home);
    const file = path.join(home, '.cache/omnia-buildstream', name);
    for (const content of ['', 'console.log(1)', '\0'.repeat(4096)]) {
      writeFileSync(file, content);
      await keptIn(home);
      assert.ok(statSync(file).size > 10_000);
    }
  });

  test('many versions of the command leave no heap of files', async (context) => {
    const home = folderOf(context, {});
    const folder = path.join(home, '.cache/omnia-buildstream');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (let i = 0; i < 40; i++) writeFileSync(path.join(folder, `v20-${String(i)}`), '');
    assert.ok((await keptIn(home)).length < 24);
  });

  test('nowhere when it is switched off, or no home is named, or a path of the project is', async (context) => {
    const home = folderOf(context, {});
    assert.deepEqual(await keptIn(home, { NODE_DISABLE_COMPILE_CACHE: '1' }), []);
    const cwd = folderOf(context, {});
    await runProcess(check, { cwd, env: { XDG_CACHE_HOME: 'cache', HOME: '.' } });
    assert.deepEqual(readdirSync(cwd), []);
  });

  test('nowhere that others may write or that a link leads to', async (context) => {
    const home = folderOf(context, {});
    const folder = path.join(home, '.cache/omnia-buildstream');
    mkdirSync(folder, { recursive: true });
    for (const mode of [0o755, 0o770, 0o707]) {
      chmodSync(folder, mode);
      assert.deepEqual(await keptIn(home), [], mode.toString(8));
    }
    const other = folderOf(context, {});
    mkdirSync(path.join(other, '.cache'));
    symlinkSync(folder, path.join(other, '.cache/omnia-buildstream'));
    chmodSync(folder, 0o700);
    assert.deepEqual(await keptIn(other), []);
  });
});

suite('whose folder it is', { skip: isWindows }, () => {
  const of = (home: string, uid: number): CodeCache | undefined => {
    return CodeCache.ofUser(
      { env: { HOME: home }, platform: 'linux', version: 'v24', arch: 'x64', getuid: () => uid },
      'k',
    );
  };

  test('root in the home of another leaves nothing there, nor does anybody elsewhere', (context: TestContext) => {
    const home = folderOf(context, {});
    const { uid } = statSync(home);
    assert.ok(of(home, uid));
    assert.equal(of(home, uid + 1), undefined);
    mkdirSync(path.join(home, '.cache/omnia-buildstream'), { recursive: true, mode: 0o700 });
    assert.ok(of(home, uid));
    assert.equal(of(home, uid + 1), undefined);
  });

  test('a file of another in it is not read', { skip: cannotGive }, async (context) => {
    const { chownSync } = await import('node:fs');
    const home = folderOf(context, {});
    const folder = path.join(home, '.cache/omnia-buildstream');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = path.join(folder, 'code');
    writeFileSync(file, 'code', { mode: 0o600 });
    const cache = of(home, process.getuid?.() ?? 0);
    assert.equal(String(cache?.read('code')), 'code');
    chownSync(file, 65_534, 65_534);
    assert.equal(cache?.read('code'), undefined);
  });
});
