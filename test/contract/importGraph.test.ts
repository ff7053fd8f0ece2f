import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';
import { importsOf, targetOf, type Import, type WorkspaceFolder } from '../support/imports.ts';

/** One row of the table "Arrows" in docs/architecture.md. */
interface Row extends WorkspaceFolder {
  /** Workspaces that it may import, or `workspace/file` for a single file of a workspace. */
  readonly ours: readonly string[];
  /** npm packages, `node:*` or `vscode`. */
  readonly others: readonly string[];
}

const root = path.resolve(import.meta.dirname, '../..');
const rows = readTable();

test('the table of arrows and the folders on disk name the same workspaces', () => {
  const folders = globSync(['client', 'server', 'packages/*'], { cwd: root }).map((folder) =>
    folder.replaceAll('\\', '/'),
  );
  const declared = new Set(rows.map((row) => row.folder));
  assert.deepEqual(
    folders.filter((folder) => !declared.has(folder)),
    [],
    'add a row for these folders to the table in docs/architecture.md',
  );
});

for (const row of rows.filter(({ folder }) => existsSync(path.join(root, folder, 'package.json')))) {
  test(`${row.workspace} imports only what docs/architecture.md allows`, () => {
    const undeclared = importsOf(row).flatMap((found) => complain(row, found));
    assert.deepEqual(undeclared, []);
  });
}

function complain(row: Row, { file, specifier }: Import): string[] {
  const target = targetOf(file, specifier, rows);
  if (target === undefined) {
    const name = packageName(specifier);
    return row.others.includes(name) ? [] : [`${file}: ${name} is not in the row of ${row.workspace}`];
  }
  if (target.workspace === row.workspace) return [];
  const known = rows.find(({ workspace }) => workspace === target.workspace);
  if (known === undefined || !existsSync(path.join(root, known.folder)))
    return [`${file}: ${specifier} does not exist`];
  const allowed = row.ours.includes(target.workspace) || row.ours.includes(`${target.workspace}/${target.subPath}`);
  return allowed ? [] : [`${file}: ${row.workspace} must not import ${specifier}`];
}

function packageName(specifier: string): string {
  if (isBuiltin(specifier)) return 'node:*';
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Parses rows such as: | `core` | `packages/core` | nothing | `js-yaml` | */
function readTable(): Row[] {
  const text = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith('Arrows')) ?? '';
  const found = section.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ''));
    const [workspace] = cells[1] ?? [];
    const [folder] = cells[2] ?? [];
    if (workspace === undefined || folder === undefined) return [];
    return [{ workspace, folder, ours: cells[3] ?? [], others: cells[4] ?? [] }];
  });
  assert.ok(found.length >= 4, 'the table of arrows in docs/architecture.md was not found');
  return found;
}
