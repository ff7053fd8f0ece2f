import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { noticesFile, noticesText, readBundled } from '../../../scripts/notices.mjs';
import { billOfShipped } from '../../../scripts/release/sbom.mjs';
import { writeSums } from '../../../scripts/release/sums.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');
const lock = JSON.parse(read('package-lock.json')) as {
  readonly packages: Readonly<Record<string, { readonly version: string }>>;
};

test('checksums name every file below the folder, by name, and not themselves', async (t) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'buildstream-sums-'));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  mkdirSync(path.join(folder, 'sub'));
  for (const name of ['b', 'sub/c', 'a', 'SHA256SUMS']) writeFileSync(path.join(folder, name), name);
  await writeSums(folder);
  const sum = (text: string): string => createHash('sha256').update(text).digest('hex');
  const expected = ['a', 'b', 'sub/c'].map((name) => `${sum(name)}  ${name}\n`).join('');
  assert.equal(readFileSync(path.join(folder, 'SHA256SUMS'), 'utf8'), expected);
});

suite('the bill of materials', () => {
  const component = (ref: string) => ({ 'bom-ref': ref, name: ref.split('@')[0] ?? '', version: '1' });
  const bill = {
    metadata: { component: { ...component('folder@1'), name: 'folder' } },
    components: ['a@1', 'b@1', 'b@2', 'tool@1'].map(component),
    dependencies: [
      { ref: 'folder@1', dependsOn: ['a@1', 'tool@1'] },
      { ref: 'a@1', dependsOn: ['b@1', 'tool@1'] },
      { ref: 'tool@1', dependsOn: ['a@1'] },
    ],
  };

  test('has what is shipped, of a package in two versions the one that is, and nothing that only builds it', () => {
    const shipped = [
      { name: 'a', version: '1' },
      { name: 'b', version: '1' },
    ];
    const { metadata, components, dependencies } = billOfShipped(bill, shipped, 'What it is');
    assert.equal(metadata.component.name, 'omnia-buildstream');
    assert.equal(metadata.component['description'], 'What it is');
    assert.deepEqual(
      components.map((one) => one['bom-ref']),
      ['a@1', 'b@1'],
    );
    assert.deepEqual(dependencies, [
      { ref: 'omnia-buildstream@1', dependsOn: ['a@1', 'b@1'] },
      { ref: 'a@1', dependsOn: ['b@1'] },
    ]);
  });

  test('is refused when something is shipped that the lock file does not know', () => {
    assert.throws(() => billOfShipped(bill, [{ name: 'a', version: '9' }], ''), /a@9/);
  });
});

test('what the last build tells of its packages is what its notices tell, and each is in the lock file', () => {
  const bundled = readBundled();
  assert.ok(bundled.length > 20);
  assert.equal(readFileSync(noticesFile, 'utf8'), noticesText(bundled));
  const locked = new Set(
    Object.entries(lock.packages).map(
      ([folder, { version }]) => `${folder.split('node_modules/').at(-1) ?? ''}@${version}`,
    ),
  );
  assert.deepEqual(
    bundled.map(({ name, version }) => `${name}@${version}`).filter((ref) => !locked.has(ref)),
    [],
  );
});

test('the workflow that would publish runs scripts that are there, and has its tokens from secrets alone', () => {
  const workflow = read('.github/workflows/release.yml');
  const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
  const run = [...workflow.matchAll(/\bnpm run (\S+)/g)].map(([, name = '']) => name);
  assert.deepEqual(run, ['check', 'release']);
  for (const name of run) assert.ok(scripts[name] !== undefined, name);
  for (const name of ['VSCE_PAT', 'OVSX_PAT']) {
    assert.deepEqual(
      workflow.match(new RegExp(`^ +${name}: .*$`, 'gm'))?.map((line) => line.trim()),
      [`${name}: \${{ secrets.${name} }}`],
    );
  }
});
