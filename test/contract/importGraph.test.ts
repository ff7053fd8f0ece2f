import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';

/** One row of the table "Arrows" in docs/architecture.md. */
interface Row {
  readonly workspace: string;
  readonly folder: string;
  /** Workspaces it may import, or `workspace/file` for one file of a workspace. */
  readonly ours: readonly string[];
  /** npm packages, `node:*` or `vscode`. */
  readonly others: readonly string[];
}

interface Import {
  readonly file: string;
  readonly specifier: string;
}

const root = path.resolve(import.meta.dirname, '../..');
const scope = '@omnia-buildstream/';
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
    const undeclared = importsOf(row.folder).flatMap((found) => complain(row, found));
    assert.deepEqual(undeclared, []);
  });
}

function complain(row: Row, { file, specifier }: Import): string[] {
  const target = targetOf(file, specifier);
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

/** The workspace an import leads to, by name or by a relative path out of its own folder; undefined outside of ours. */
function targetOf(file: string, specifier: string): { workspace: string; subPath: string } | undefined {
  if (specifier.startsWith(scope)) {
    const [workspace = '', ...rest] = specifier.slice(scope.length).split('/');
    return { workspace, subPath: rest.join('/') };
  }
  if (!specifier.startsWith('.')) return undefined;
  const resolved = path.posix.join(path.posix.dirname(file), specifier);
  const row = rows.find(({ folder }) => resolved.startsWith(`${folder}/`));
  assert.ok(row, `${file}: ${specifier} leaves the workspaces`);
  return { workspace: row.workspace, subPath: resolved.slice(row.folder.length + 1) };
}

function packageName(specifier: string): string {
  if (isBuiltin(specifier)) return 'node:*';
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function importsOf(folder: string): Import[] {
  return globSync(`${folder}/src/**/*.ts`, { cwd: root }).flatMap((found) => {
    const file = found.replaceAll('\\', '/');
    const { importedFiles } = ts.preProcessFile(readFileSync(path.join(root, file), 'utf8'), true, true);
    return importedFiles.map(({ fileName }) => ({ file, specifier: fileName }));
  });
}

/** Rows look like: | `core` | `packages/core` | nothing | `yaml` | */
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
