import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.resolve(import.meta.dirname, '../..');

test('CONTRIBUTING has a section for everything that is added often, and every path in it exists', () => {
  const section = sectionOf('CONTRIBUTING.md', 'To add something, follow an example');
  const parts = section.split(/^### /m).map((part) => {
    const [what = '', ...lines] = part.split('\n');
    return { what, paths: pathsIn(lines.join('\n')) };
  });
  const needed = ['An Omnia version', 'A rule', 'A BMC quirk', 'A GitLab action', 'A view', 'A stage', 'A language'];
  for (const what of needed) {
    const found = parts.find((part) => part.what === what);
    assert.ok(found !== undefined && found.paths.length > 0, what);
  }
  assertExisting(section);
});

test('every path in the two flows of the architecture exists', () => {
  const section = sectionOf('docs/architecture.md', 'Two flows, step by step');
  assert.ok(pathsIn(section).length > 15);
  assertExisting(section);
});

test('the picture of the architecture has the arrows of its table', () => {
  const text = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8');
  const picture = /```mermaid\n([^`]*)```/.exec(text)?.[1] ?? '';
  const drawn = picture.split('\n').flatMap((line) => {
    const [from = '', to = ''] = line.split(line.includes('-.') ? '-. message types .->' : '-->');
    return to === '' ? [] : to.split('&').map((one) => `${from.trim()} -> ${one.trim()}`);
  });
  const table = sectionOf('docs/architecture.md', 'Arrows')
    .split('\n')
    .flatMap((line) => {
      const [, from = '', , to = ''] = line.split('|').map((cell) => cell.trim());
      const name = /^`(\w+)`$/.exec(from)?.[1];
      return name === undefined ? [] : [...to.matchAll(/`(\w+)/g)].map(([, one = '']) => ({ name, one }));
    })
    .filter(({ one }) => one !== 'core')
    .map(({ name, one }) => `${name} -> ${one}`);
  assert.deepEqual(drawn.sort(), table.sort());
});

function sectionOf(file: string, title: string): string {
  const text = readFileSync(path.join(root, file), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(`${title}\n`));
  assert.ok(section !== undefined, `${file} has no section "${title}"`);
  return section;
}

/** Texts between backticks that look like a file or folder of the repository. */
function pathsIn(text: string): string[] {
  return [...text.matchAll(/`([^`\s]+)`/g)].flatMap(([, one = '']) =>
    one.includes('/') || /\.(?:json|md)$/.test(one) ? one : [],
  );
}

function assertExisting(text: string): void {
  assert.deepEqual(
    pathsIn(text).filter((one) => !existsSync(path.join(root, one))),
    [],
  );
}
