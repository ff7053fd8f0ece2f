/** What `npm run release` creates, as found by a person on another machine. */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { releaseDir, root, sampleDir } from '../../scripts/paths.mjs';

const release = path.join(root, 'scripts/release/release.mjs');
if (process.env['RELEASED'] === undefined) execFileSync(process.execPath, [release], { cwd: root, stdio: 'ignore' });
const at = (name: string): string => path.join(releaseDir, name);
const executable = at('buildstream-linux-x64');
/** The version in RHEL 8. An executable that needs a newer one would not start there. */
const oldestGlibc = [2, 28] as const;

test('the checksums are those of all files', () => {
  execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: releaseDir });
  const summed = readFileSync(at('SHA256SUMS'), 'utf8').split('\n').filter(Boolean).length;
  const files = readdirSync(releaseDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  assert.equal(summed, files.length - 1);
});

test('buildstream.cjs is one file: rule pages, licenses and the tools for models are in it', (t) => {
  const folder = temporary(t);
  copyFileSync(at('buildstream.cjs'), path.join(folder, 'buildstream.cjs'));
  const said = (...args: readonly string[]): string =>
    execFileSync(process.execPath, ['buildstream.cjs', ...args], { cwd: folder, encoding: 'utf8', input: '' });
  assert.match(said('explain', 'bad-mac'), /^# bad-mac/);
  assert.match(said('--licenses'), /\nundici \d/);
  said('mcp');
});

suite('the executable', { skip: existsSync(executable) ? false : 'it is made on Linux on x64' }, () => {
  test('tells the licenses of Node, which is part of it', () => {
    assert.match(execFileSync(executable, ['--licenses'], { encoding: 'utf8' }), /\nnode-linux-x64 \d[^]*OpenSSL/);
  });

  test('needs no newer glibc than that of RHEL 8', (t) => {
    const { stdout, error } = spawnSync('readelf', ['--version-info', executable], { encoding: 'utf8' });
    if (error !== undefined) {
      t.skip('readelf is not installed here');
      return;
    }
    const needed = [...stdout.matchAll(/GLIBC_(\d+)\.(\d+)/g)].map(([, major, minor]) => [
      Number(major),
      Number(minor),
    ]);
    assert.ok(needed.length > 0);
    const [most] = needed.sort(([a = 0, b = 0], [c = 0, d = 0]) => c - a || d - b);
    assert.ok(most !== undefined && most[0] === oldestGlibc[0] && (most[1] ?? 0) <= oldestGlibc[1], String(most));
  });

  test('checks a file in a root that has nothing but its libraries', (t) => {
    const bare = bareRoot(t);
    const { stdout, stderr, status } = spawnSync(...bare.command('validate', '/project/pxe_mapping_file.csv'), {
      encoding: 'utf8',
      env: {},
    });
    assert.match(stdout, /error bad-mac/, stderr);
    assert.equal(status, 1);
  });

  test('plays a lab there, whose BMCs respond', async (t) => {
    const bare = bareRoot(t);
    const args = ['lab', '--size', '2', '--folder', '/project/lab', '--until-eof'];
    const lab = spawn(...bare.command(...args), { env: {}, stdio: ['pipe', 'pipe', 'inherit'] });
    t.after(() => lab.kill());
    let said = '';
    lab.stdout.setEncoding('utf8');
    while (!/https:\/\/127\.\d+\.\d+\.\d+:\d+/.test(said)) {
      const [text] = (await Promise.race([once(lab.stdout, 'data'), once(lab, 'exit')])) as [unknown];
      assert.equal(typeof text, 'string', `it ended: ${said}`);
      said += String(text);
    }
    const [address = ''] = /https:\/\/127\.\d+\.\d+\.\d+:\d+/.exec(said) ?? [];
    const folder = path.join(bare.folder, 'project/lab');
    const ca = readFileSync(path.join(folder, 'ca.pem'));
    const [answer] = (await once(https.get(`${address}/redfish/v1/`, { ca }), 'response')) as [{ statusCode: number }];
    assert.equal(answer.statusCode, 200);
    lab.stdin.end();
    const [code] = (await once(lab, 'exit')) as [number];
    assert.equal(code, 0);
  });

  test('lies in the archive where the shells and man look', () => {
    const [archive = ''] = readdirSync(releaseDir).filter((name) => name.endsWith('.tar.gz'));
    const listed = execFileSync('tar', ['-tzf', at(archive)], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line !== '' && !line.endsWith('/'))
      .map((line) => line.slice(line.indexOf('/') + 1));
    assert.deepEqual(listed.sort(), [
      'bin/buildstream',
      'share/bash-completion/completions/buildstream',
      'share/doc/buildstream/LICENSE',
      'share/doc/buildstream/THIRD-PARTY-NOTICES.txt',
      'share/doc/buildstream/sbom.cdx.json',
      'share/fish/vendor_completions.d/buildstream.fish',
      'share/man/man1/buildstream.1',
      'share/zsh/site-functions/_buildstream',
    ]);
  });
});

function temporary(t: TestContext): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'buildstream-release-'));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

interface BareRoot {
  readonly folder: string;
  /** The command that runs the executable with this folder as its root. */
  readonly command: (...args: readonly string[]) => [string, string[]];
}

/**
 * A root file system with the executable, its libraries and a project: no shell, no /etc, no /proc, no Node, no git.
 */
function bareRoot(t: TestContext): BareRoot {
  const folder = temporary(t);
  for (const name of ['project', 'tmp']) mkdirSync(path.join(folder, name));
  copyFileSync(executable, path.join(folder, 'buildstream'));
  cpSync(path.join(sampleDir, 'input/pxe_mapping_file.csv'), path.join(folder, 'project/pxe_mapping_file.csv'));
  const libraries = execFileSync('ldd', [executable], { encoding: 'utf8' }).match(/\/\S+/g) ?? [];
  for (const library of libraries) {
    mkdirSync(path.dirname(path.join(folder, library)), { recursive: true });
    copyFileSync(library, path.join(folder, library));
  }
  // In a new namespace, any user can change the root.
  const rights = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  return { folder, command: (...args) => ['unshare', [...rights, '--root', folder, '/buildstream', ...args]] };
}
