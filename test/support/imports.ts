import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** A workspace: its name in imports, and its folder. */
export interface WorkspaceFolder {
  readonly workspace: string;
  readonly folder: string;
}

export interface Import {
  readonly file: string;
  readonly specifier: string;
}

const root = path.resolve(import.meta.dirname, '../..');
const scope = '@omnia-buildstream/';

/** Every import in a workspace's sources, including type imports; file paths are relative to the repository root. */
export function importsOf({ folder }: WorkspaceFolder): Import[] {
  return sourcesOf(folder).flatMap((file) => {
    const { importedFiles } = ts.preProcessFile(readFileSync(path.join(root, file), 'utf8'), true, true);
    return importedFiles.map(({ fileName }) => ({ file, specifier: fileName }));
  });
}

/**
 * The workspace that an import refers to, by name or by a relative path out of its own folder. Undefined if it is not
 * one of ours.
 */
export function targetOf(
  file: string,
  specifier: string,
  workspaces: readonly WorkspaceFolder[],
): { readonly workspace: string; readonly subPath: string } | undefined {
  if (specifier.startsWith(scope)) {
    const [workspace = '', ...rest] = specifier.slice(scope.length).split('/');
    return { workspace, subPath: rest.join('/') };
  }
  if (!specifier.startsWith('.')) return undefined;
  const resolved = path.posix.join(path.posix.dirname(file), specifier);
  const found = workspaces.find(({ folder }) => resolved.startsWith(`${folder}/`));
  assert.ok(found, `${file}: ${specifier} leaves the workspaces`);
  return { workspace: found.workspace, subPath: resolved.slice(found.folder.length + 1) };
}

/** Our files, and which of our files each imports. Excludes generated code, which imports none of ours. */
export function fileGraph(workspaces: readonly WorkspaceFolder[]): ReadonlyMap<string, readonly string[]> {
  const graph = new Map(workspaces.flatMap(({ folder }) => sourcesOf(folder).map((file) => [file, [] as string[]])));
  for (const { file, specifier } of workspaces.flatMap(importsOf)) {
    const target = fileOf(file, specifier, workspaces);
    if (target === undefined || target.endsWith('.generated.js')) continue;
    assert.ok(graph.has(target), `${file}: ${specifier} is no file`);
    graph.get(file)?.push(target);
  }
  return graph;
}

function fileOf(file: string, specifier: string, workspaces: readonly WorkspaceFolder[]): string | undefined {
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(file), specifier);
  const target = targetOf(file, specifier, workspaces);
  const found = workspaces.find(({ workspace }) => workspace === target?.workspace);
  return target === undefined || found === undefined ? undefined : `${found.folder}/src/${target.subPath}.ts`;
}

function sourcesOf(folder: string): string[] {
  return globSync(`${folder}/src/**/*.ts`, { cwd: root }).map((found) => found.replaceAll('\\', '/'));
}
