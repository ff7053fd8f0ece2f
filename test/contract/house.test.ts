import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileGraph } from '../support/imports.ts';

const root = path.resolve(import.meta.dirname, '../..');
const workspaces = globSync(['client', 'server', 'packages/*'], { cwd: root })
  .map((found) => found.replaceAll('\\', '/'))
  .map((folder) => ({ folder, workspace: path.posix.basename(folder) }));
const graph = fileGraph(workspaces);

test('no file imports itself by way of others, within a package or between them, imports of types counted', () => {
  assert.deepEqual(circlesIn(graph), []);
  assert.equal(
    circlesIn(
      new Map([
        ['a', ['b']],
        ['b', ['c']],
        ['c', ['b']],
      ]),
    ).length,
    1,
    'a circle is found',
  );
});

test('a folder of the core imports only from those before it in docs/architecture.md', () => {
  const ladder = ladderOfTheCore();
  const inCore = (file: string): string | undefined => /^packages\/core\/src\/(\w+)\//.exec(file)?.[1];
  const folders = [...new Set([...graph.keys()].flatMap((file) => inCore(file) ?? []))];
  assert.deepEqual([...ladder].sort(), folders.sort());
  const upwards = [...graph].flatMap(([file, targets]) => {
    const from = inCore(file);
    if (from === undefined) return [];
    return targets
      .filter((target) => ladder.indexOf(inCore(target) ?? '') > ladder.indexOf(from))
      .map((target) => `${file} -> ${target}`);
  });
  assert.deepEqual(upwards, []);
});

test('what nodes or servers wait for is waited for by onAbort, so that Node warns of no leak', () => {
  const own = 'packages/engine/src/time/onAbort.ts';
  const files = globSync('packages/{engine,http,oim,provision,redfish,runner}/src/**/*.ts', { cwd: root });
  const found = files.filter((file) =>
    readFileSync(path.join(root, file), 'utf8').includes(".addEventListener('abort'"),
  );
  assert.deepEqual(found, [own]);
});

test('no folder of code has more than 30 files, except the rules', () => {
  const files = globSync(
    [
      '{client,server}/src/**/*.*',
      'packages/*/src/**/*.*',
      'scripts/**/*.*',
      'test/{support,contract,unit,integration,ui,e2e,slow}/**/*.ts',
    ],
    { cwd: root },
  );
  const sizes = new Map<string, number>();
  for (const file of files) {
    const folder = path.posix.dirname(file.replaceAll('\\', '/'));
    sizes.set(folder, (sizes.get(folder) ?? 0) + 1);
  }
  const exempt = ['packages/core/src/rules', 'test/unit/rules'];
  const full = [...sizes].filter(([folder, count]) => count > 30 && !exempt.includes(folder));
  assert.deepEqual(full, []);
});

test('no file of code has more than 300 lines, and half of them have fewer than 50', () => {
  const files = globSync(['{client,server}/src/**/*.ts', 'packages/*/src/**/*.ts', 'scripts/**/*.mjs'], { cwd: root });
  const lengths = files
    .map((file) => ({ file, lines: readFileSync(path.join(root, file), 'utf8').split('\n').length - 1 }))
    .sort((one, other) => one.lines - other.lines);
  assert.deepEqual(
    lengths.filter(({ lines }) => lines > 300),
    [],
  );
  const median = lengths[Math.floor(lengths.length / 2)];
  assert.ok(median !== undefined && median.lines < 50, `the median is ${String(median?.lines)} lines`);
});

test('the front ends and the runner refuse by the one error type, and word errors in one table each', () => {
  const sources = [...graph.keys()].filter((file) => /^(client|packages\/(cli|runner))\/src\//.test(file));
  const found = (pattern: RegExp): string[] =>
    sources.filter((file) => pattern.test(readFileSync(path.join(root, file), 'utf8')));
  assert.deepEqual(found(/\bextends \w*Error\b/), ['client/src/stages/settings/settingFault.ts']);
  assert.deepEqual(found(/function present\w*Error\b/), ['client/src/errors/presentError.ts']);
  assert.deepEqual(found(/case 'mapping-errors':\s+(return problem\.errors|\{\s+const count)/).sort(), [
    'client/src/errors/errorWords.ts',
    'packages/cli/src/errorWords.ts',
  ]);
});

test('what a docstring says in one line of typed errors stands behind @throws at its end', () => {
  const inProse = /\/\*\*[^\n]*(?:[Tt]hrows|[Rr]ejects with) [A-Z]\w*Error(?:(?:,| or) [A-Z]\w*Error)?\. \*\//;
  const found = [...graph.keys()].filter((file) => inProse.test(readFileSync(path.join(root, file), 'utf8')));
  assert.deepEqual(found, []);
  assert.match('/** Reads it; throws UserError. */', inProse);
});

/** Groups of files that can all reach each other (Tarjan). */
function circlesIn(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): number => {
    const own = index.size;
    index.set(file, own);
    low.set(file, own);
    stack.push(file);
    const targets = edges.get(file) ?? [];
    for (const target of targets) {
      if (!index.has(target)) low.set(file, Math.min(low.get(file) ?? own, visit(target)));
      else if (stack.includes(target)) low.set(file, Math.min(low.get(file) ?? own, index.get(target) ?? own));
    }
    const lowest = low.get(file) ?? own;
    if (lowest !== own) return lowest;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1 || targets.includes(file)) circles.push(circle.reverse());
    return lowest;
  };
  for (const file of edges.keys()) if (!index.has(file)) visit(file);
  return circles;
}

/** The line of the section "The core as a ladder" that names folders with arrows between them. */
function ladderOfTheCore(): string[] {
  const text = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8');
  const line = text.split('\n').find((one) => one.startsWith('`secrets` →')) ?? '';
  return [...line.matchAll(/`(\w+)`/g)].map(([, name]) => name ?? '');
}
