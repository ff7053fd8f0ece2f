import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';

const root = path.resolve(import.meta.dirname, '../..');
const sources = globSync(['packages/*/src/**/*.ts', '{client,server}/src/**/*.ts'], { cwd: root })
  .filter((file) => !file.endsWith('.d.ts'))
  .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));

/** Class names of errors, ours and those of the platform. */
const errors = new Set(['Error', 'vscode.CancellationError']);
for (const { text } of sources) {
  for (const [, name = '', base = ''] of text.matchAll(/class (\w+)(?:<[^>]*>)? extends ([\w.]+)/g)) {
    if (/(?:Error|Refusal)$/.test(base)) errors.add(name);
  }
}

/** The faults in how the docstrings of a text document errors. */
function faultsIn(text: string): string[] {
  const comments = [...text.matchAll(/\/\*\*[^]*?\*\//g)].map(([comment]) => comment.replaceAll(/\s*\n\s*\*\s?/g, ' '));
  return comments.flatMap((comment) => [...unnamed(comment), ...otherForms(comment)]);
}

/** `@throws` is followed by error classes, or by their origin: "what the file system throws". */
function unnamed(comment: string): string[] {
  return comment
    .split('@throws')
    .slice(1)
    .filter((after) => {
      const [, first = ''] = /^ ([\w.]+)/.exec(after) ?? [];
      return first !== 'what' && !errors.has(first);
    })
    .map((after) => `@throws${after.slice(0, 40)}`);
}

function otherForms(comment: string): string[] {
  const told = [...comment.matchAll(/(?<!@)\b(?:throws|rejects with|raises) (?:an? )?([\w.]+)/gi)];
  const byName = told.filter(([, name = '']) => errors.has(name.replace(/\.$/, ''))).map(([words]) => words);
  const sentences = /(?:^\/\*\*|[.;:]) Throws\b/.exec(comment) ?? [];
  return [...byName, ...sentences];
}

suite('docstrings tell of errors in one form', () => {
  test('@throws and the class, or what is thrown on', () => {
    assert.ok(errors.size > 25);
    const found = sources.flatMap(({ file, text }) => faultsIn(text).map((fault) => `${file}: ${fault}`));
    assert.deepEqual(found, []);
  });

  for (const [comment, isFine] of [
    ['Reads. @throws UserError', true],
    ['Reads. @throws UserError, GitLabError when the server said no', true],
    ['Reads. @throws what the file system throws', true],
    ['Reads. Never throws.', true],
    ['Reads. Throws UserError.', false],
    ['Reads, or throws StateError when it is locked.', false],
    ['Reads. Rejects with OimError.', false],
    ['Reads. @throws when it is broken', false],
    ['Reads. @throws NoSuchError', false],
  ] as const) {
    test(`${comment} ${isFine ? 'is fine' : 'is found'}`, () => {
      assert.equal(faultsIn(`/** ${comment} */`).length === 0, isFine);
    });
  }
});
