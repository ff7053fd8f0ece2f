import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

/** Comments cite docs/facts: "omnia.md section 1.3", "omnia.md sections 1.1 and 1.7", "omnia.md 1.3, rule 8". */
interface Citation {
  readonly page: string;
  readonly section: string;
}

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, 'docs/facts');
const pages = ['omnia.md', 'redfish.md', 'gitlab.md', 'openchami.md'];

const number = String.raw`\d+(?:\.\d+)?`;
const dotted = String.raw`\d+\.\d+`;
const next = String.raw`(?:,?\s+(?:rule|item)s?\s+\d+)?(?:,\s*|,?\s+and\s+)`;

/** A page and the numbers after it. A list continues with "1.6" anywhere, but with "5" only after "sections". */
const pattern = new RegExp(
  String.raw`\b(${pages.map((page) => page.replace('.', String.raw`\.`)).join('|')}),?\s+` +
    `(?:sections\\s+(${number}(?:${next}${number})*)|section\\s+(${number}(?:${next}${dotted})*)|(${dotted}(?:${next}${dotted})*))`,
  'gi',
);

test('citations are read in every spelling', () => {
  const read = (text: string): string[] => citationsIn(text).map(({ page, section }) => `${page} ${section}`);
  assert.deepEqual(read('omnia.md section 1.3: unique (section 1.6)'), ['omnia.md 1.3']);
  assert.deepEqual(read('omnia.md sections 1.1 and 1.7). redfish.md section 4.'), [
    'omnia.md 1.1',
    'omnia.md 1.7',
    'redfish.md 4',
  ]);
  assert.deepEqual(read('(omnia.md 3.3, item 3)'), ['omnia.md 3.3']);
  assert.deepEqual(read('omnia.md 1.3 rule 29 and 1.6'), ['omnia.md 1.3', 'omnia.md 1.6']);
  assert.deepEqual(read('omnia.md section 3.4, 5 tries'), ['omnia.md 3.4']);
  assert.deepEqual(read(' * as GitLab has it (gitlab.md\n   * section 9)'), ['gitlab.md 9']);
  assert.deepEqual(read(' // gitlab.md\n // sections 4, 5 and 6'), ['gitlab.md 4', 'gitlab.md 5', 'gitlab.md 6']);
  assert.deepEqual(read('see docs/gitlab.md. 5 tries'), []);
});

for (const page of pages) {
  test(`the sections of ${page} that the code cites exist`, () => {
    const sections = sectionsOf(page);
    assert.equal(new Set(sections).size, sections.length, 'a section number occurs twice');
    const missing = sourceFiles().flatMap((file) =>
      citationsIn(readFileSync(path.join(root, file), 'utf8'))
        .filter((citation) => citation.page === page && !sections.includes(citation.section))
        .map(({ section }) => `${file}: ${page} section ${section}`),
    );
    assert.deepEqual(missing, [], `docs/facts/${page} has ${sections.join(', ')}`);
  });

  test(`the links of ${page} to other pages of ours lead somewhere`, () => {
    const targets = [...readPage(page).matchAll(/\]\((?!https:|#)([^)#]+)[^)]*\)/g)].map(([, target]) => target ?? '');
    assert.deepEqual(
      targets.filter((target) => globSync(target, { cwd: folder }).length === 0),
      [],
    );
  });
}

function citationsIn(text: string): Citation[] {
  const unwrapped = text.replaceAll(/\r?\n[ \t]*(?:\*(?!\/)|\/\/|#)?[ \t]*/g, ' ');
  return [...unwrapped.matchAll(pattern)].flatMap(([, page = '', many, one, bare]) =>
    [...withoutRules(many ?? one ?? bare ?? '').matchAll(new RegExp(number, 'g'))].map(([section]) => ({
      page: page.toLowerCase(),
      section,
    })),
  );
}

function withoutRules(list: string): string {
  return list.replaceAll(/(?:rule|item)s?\s+\d+/gi, '');
}

/** Numbers of the headings: "## 4. Restart stage", "### 1.3 Checks". */
function sectionsOf(page: string): string[] {
  return [...readPage(page).matchAll(/^#{2,}\s+(\d+(?:\.\d+)?)\.?\s/gm)].map(([, section]) => section ?? '');
}

function readPage(page: string): string {
  return readFileSync(path.join(folder, page), 'utf8');
}

/** Everything written by hand in the workspaces and tests, except this file with its examples. */
function sourceFiles(): string[] {
  return globSync(
    ['packages', 'server', 'client', 'test'].map((place) => `${place}/**/*.{ts,mts,js,mjs,cjs,json,md}`),
    {
      cwd: root,
      exclude: (name) => ['node_modules', 'dist', 'fixtures', 'golden'].includes(path.basename(name)),
    },
  ).filter((file) => path.basename(file) !== 'citations.test.ts');
}
