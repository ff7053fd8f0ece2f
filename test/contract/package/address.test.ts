import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { stagePackage } from '../../../scripts/package.mjs';
import { addressesOf, packagedPage } from '../../../scripts/release/address.mjs';
import { version } from '@omnia-buildstream/cli/version';

const root = path.resolve(import.meta.dirname, '../../..');
const at = (url: string) => ({ repository: { type: 'git', url } }) as const;

suite('the address of the project', () => {
  test('is told by package.json alone: no other file of the project names it', () => {
    const names =
      'github\\.com/omnia-buildstream|gitlab\\.com/omnia-buildstream|marketplace\\.visualstudio\\.com/items';
    const found = filesWith(['-lE', names, '--', '.', ':!package.json', ':!test/contract/package/address.test.ts']);
    assert.deepEqual(found, []);
  });

  test('gives the addresses of issues and of the project, on both servers; none gives none', () => {
    assert.deepEqual(addressesOf({}), {});
    assert.deepEqual(addressesOf(at('https://github.com/a/b.git')), {
      bugs: { url: 'https://github.com/a/b/issues' },
      homepage: 'https://github.com/a/b',
    });
    assert.deepEqual(addressesOf(at('https://gitlab.com/a/b.git')), {
      bugs: { url: 'https://gitlab.com/a/b/-/issues' },
      homepage: 'https://gitlab.com/a/b',
    });
  });

  test('makes the links of a page; without one they are text', () => {
    const page =
      '![A view](docs/a.png)\n\nSee [docs](docs/b.md), [Omnia](https://x.org/), [below](#b).\n\nDo this. [Docs](docs/c.md)\n\n<!-- with address -->\nClone it.\n<!-- end -->\nEnd.\n';
    assert.equal(packagedPage(page, at('https://github.com/a/b')), page);
    assert.equal(packagedPage(page, {}), '\n\nSee docs, [Omnia](https://x.org/), [below](#b).\n\nDo this. \n\nEnd.\n');
  });
});

test('the package leads to nothing that is not published, and says nothing of the checkout', (t) => {
  const folder = stagePackage(mkdtempSync(path.join(os.tmpdir(), 'buildstream-package-')));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
  const manifest = JSON.parse(read('package.json')) as Readonly<Record<string, unknown>>;
  assert.equal(manifest['version'], version);
  for (const key of ['scripts', 'workspaces', 'devDependencies']) assert.equal(manifest[key], undefined, key);
  const isPublished = manifest['repository'] !== undefined;
  for (const key of ['bugs', 'homepage']) assert.equal(manifest[key] !== undefined, isPublished, key);
  if (isPublished) return;
  for (const page of ['README.md', 'CHANGELOG.md']) {
    const targets = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    assert.deepEqual(
      targets.filter((target) => !/^(?:https:|#)/.test(target)),
      [],
      page,
    );
    assert.doesNotMatch(read(page), /<!--/, page);
  }
});

function filesWith(args: readonly string[]): readonly string[] {
  try {
    const told = execFileSync('git', ['grep', ...args], { cwd: root, encoding: 'utf8' });
    return told.split('\n').filter((line) => line !== '');
  } catch (error) {
    // git grep exits with 1 if nothing was found.
    if ((error as { readonly status?: number }).status === 1) return [];
    throw error;
  }
}
