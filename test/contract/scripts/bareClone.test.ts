/** `npm run …` works in a clone in which nothing is installed, with the oldest Node that CONTRIBUTING.md names. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';

const root = path.resolve(import.meta.dirname, '../../..');
const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const contributing = readFileSync(path.join(root, 'CONTRIBUTING.md'), 'utf8');
const [, oldestMajor = 0, oldestMinor = 0] = (/Node (\d+)\.(\d+) or newer/.exec(contributing) ?? []).map(Number);
const installer = 'scripts/bootstrap.mjs';

interface Import {
  /** The file that imports. */
  readonly from: string;
  readonly specifier: string;
  readonly names: readonly string[];
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
}

/** Everything loaded before the first line of a script runs: its static imports, and theirs. */
function loadedAtOnce(script: string): Import[] {
  const imports: Import[] = [];
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const statement of parse(file).statements) {
      if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
      const { moduleSpecifier } = statement;
      if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) continue;
      const specifier = moduleSpecifier.text;
      imports.push({ from: file, specifier, names: namesOf(statement) });
      if (specifier.startsWith('.')) visit(path.posix.join(path.posix.dirname(file), specifier));
    }
  };
  visit(script);
  return imports;
}

function namesOf(statement: ts.ImportDeclaration | ts.ExportDeclaration): string[] {
  const named = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : statement.exportClause;
  if (named === undefined || !('elements' in named)) return [];
  return named.elements.map(({ propertyName, name }) => (propertyName ?? name).text);
}

const sinceOf = new Map<string, ReadonlyMap<string, string>>();

/** The Node version that introduced each name of a module, according to its types. */
function sinceIn(specifier: string): ReadonlyMap<string, string> {
  const known = sinceOf.get(specifier);
  if (known !== undefined) return known;
  const since = new Map<string, string>();
  const note = (node: ts.Node): void => {
    const text = ts.getJSDocTags(node).find(({ tagName }) => tagName.text === 'since')?.comment;
    const { name } = node as { readonly name?: ts.Node };
    if (typeof text === 'string' && name !== undefined && !since.has(name.getText())) since.set(name.getText(), text);
    if (!ts.isInterfaceDeclaration(node) && !ts.isClassDeclaration(node)) ts.forEachChild(node, note);
  };
  note(parse(`node_modules/@types/node/${specifier.replace('node:', '')}.d.ts`));
  sinceOf.set(specifier, since);
  return since;
}

/** Imported names that the oldest Node lacks. */
function lacking({ specifier, names }: Import): string[] {
  const since = sinceIn(specifier);
  return names.filter((name) => !isThere(since.get(name) ?? 'v0.0.0'));
}

/** `since` holds one version, or several if the feature was backported. */
function isThere(since: string): boolean {
  return [...since.matchAll(/v(\d+)\.(\d+)/g)].some(([, major, minor]) =>
    Number(major) === oldestMajor ? Number(minor) <= oldestMinor : Number(major) < oldestMajor,
  );
}

/** The scripts that npm starts, without arguments. */
function startedBy(line: string): string[] {
  return line.split('&&').map((part) => /^(?:exec )?node ([\w./-]+)/.exec(part.trim())?.[1] ?? part.trim());
}

test('the oldest Node is one that CONTRIBUTING.md names', () => {
  assert.deepEqual([oldestMajor, oldestMinor], [20, 11]);
  assert.deepEqual(lacking({ from: '', specifier: 'node:fs', names: ['globSync', 'readFileSync', 'cpSync'] }), [
    'globSync',
  ]);
  assert.deepEqual(lacking({ from: '', specifier: 'node:util', names: ['styleText', 'inspect'] }), ['styleText']);
});

for (const [name, line] of Object.entries(scripts)) {
  test(`npm run ${name} needs nothing that is not there, and installs it`, () => {
    for (const script of startedBy(line)) {
      assert.ok(
        existsSync(path.join(root, script)),
        `${script}: a command of a package is not there; start it by scripts/npm/installed.mjs`,
      );
      const imports = loadedAtOnce(script);
      const installed = imports.filter(({ specifier }) => !/^(?:\.|node:)/.test(specifier));
      assert.deepEqual(installed, [], 'comes with npm ci: import it after bootstrap()');
      const ofNode = imports.filter(({ specifier }) => specifier.startsWith('node:'));
      const newer = ofNode.flatMap((one) => lacking(one).map((what) => `${one.from}: ${what} of ${one.specifier}`));
      assert.deepEqual(newer, [], 'is in a newer Node only: import it after bootstrap()');
      assert.ok(
        imports.some(({ from }) => from === installer),
        `${script} does not import ${installer}`,
      );
      assert.match(readFileSync(path.join(root, script), 'utf8'), /^await bootstrap\(\);$/m);
    }
  });
}

test('what scripts/npm/installed.mjs is told to run is there', () => {
  const told = Object.values(scripts).flatMap((line) => [...line.matchAll(/installed\.mjs (\S+)/g)]);
  assert.ok(told.length > 0);
  for (const [, file = ''] of told) assert.ok(existsSync(path.join(root, file)), file);
});
