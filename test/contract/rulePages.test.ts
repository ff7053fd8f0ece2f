import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { ValidationContext } from '@omnia-buildstream/core/context/context';
import { readBeside } from '@omnia-buildstream/core/context/besideFiles';
import { besideKinds, besideNames } from '@omnia-buildstream/core/context/besideNames';
import type { ContextProblem } from '@omnia-buildstream/core/context/problem';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { checkFailedNodes } from '@omnia-buildstream/core/failedNodes/check';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import { omniaVersions, type Level, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { catalog } from '@omnia-buildstream/core/rules/catalog';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { MappingModel } from '@omnia-buildstream/core/validation/model';

/**
 * Pages of docs/rules. A fenced block is ```csv, or ```yaml and ```json followed by the name of the file that it
 * represents. A block marked `example` is the bad version. A file that appears only once belongs to both versions.
 * `committed.json` is failed_nodes.json in git; `pipeline.txt` is the pipeline's job that is to be retried.
 */

interface Block {
  readonly file: string;
  readonly isBad: boolean;
  readonly text: string;
}

interface Page {
  readonly code: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

interface IndexRow {
  readonly code: string;
  readonly levels: readonly string[];
  readonly fix: string;
}

type Context = { -readonly [Key in keyof ValidationContext]: ValidationContext[Key] };

interface Outcome {
  readonly codes: readonly string[];
  readonly problems: readonly ContextProblem[];
}

const root = path.resolve(import.meta.dirname, '../..');
const folder = path.join(root, 'docs/rules');
const mappingFile = 'pxe_mapping_file.csv';
const failedNodesFile = 'failed_nodes.json';
const headings = ['What', 'Why', 'Levels', 'Example', 'Fix', 'Since', 'Source'];
const versionNames: Readonly<Record<OmniaVersion, string>> = {
  '2.1': '2.1',
  '2.2': '2.2',
  '2.3': '2.3 early',
  '2.3os': '2.3 late',
  next: 'next',
};
const columns = omniaVersions.map((version) => versionNames[version]);

const entryOf = new Map(catalog.map((entry) => [entry.code, entry]));
const pages = globSync('*.md', { cwd: folder })
  .filter((file) => file !== 'README.md')
  .map(readPage);
const index = readIndex();

test('every code has a page, and every page belongs to a code', () => {
  assert.deepEqual(pages.map(({ code }) => code).sort(), [...entryOf.keys()].sort());
});

test('the index lists every code once, in the order in which findings are shown', () => {
  assert.deepEqual(
    index.map(({ code }) => code),
    catalog.map(({ code }) => code),
  );
});

test('the index says which rules have a quick fix', () => {
  for (const { code, fix } of index) {
    assert.equal(fix, entryOf.get(code)?.hasFix === true ? 'yes' : 'no', code);
  }
});

test('every rule that a file of the sources defines is in the catalogue', () => {
  const files = globSync(['packages/core/src/rules/*.ts', 'packages/core/src/failedNodes/rules/*.ts'], { cwd: root });
  const defined = files.flatMap((file) =>
    [...readFileSync(path.join(root, file), 'utf8').matchAll(/^ {2}code: '([\w-]+)'/gm)].map(([, code]) => code),
  );
  assert.ok(defined.length > 80);
  assert.deepEqual(
    defined.filter((code) => code === undefined || !entryOf.has(code)),
    [],
  );
});

for (const page of pages) {
  const { code, text } = page;
  const entry = entryOf.get(code);

  test(`${code}: the page has its title, a summary and every heading, each with text`, () => {
    const [title, ...sections] = text.split(/^## /m);
    assert.match(title ?? '', new RegExp(`^# ${code}\\n\\n\\S.*\\.\\n\\n$`));
    assert.deepEqual(
      sections.map((section) => section.slice(0, section.indexOf('\n'))),
      headings,
    );
    for (const section of sections) assert.match(section, /^\w+\n\n\S/);
  });

  test(`${code}: its levels are the same in the code, on the page and in the index`, () => {
    const levels = levelsOnPage(text);
    assert.deepEqual(levels, entry?.levels);
    for (const version of entry?.file === 'beside' ? omniaVersions : []) {
      const [first] = examine(page, version, true).problems.filter((problem) => problem.code === code);
      assert.equal(levels[version], first?.severity ?? 'off', `bad example in ${version}`);
    }
    const row = index.find((candidate) => candidate.code === code);
    assert.deepEqual(row?.levels, Object.values(levels));
  });

  test(`${code}: the bad example has it, the good one has nothing at all`, () => {
    const [, name] = /^Bad in Omnia (.+):$/m.exec(text) ?? [];
    const version = omniaVersions.find((candidate) => versionNames[candidate] === name);
    assert.ok(version, 'the line "Bad in Omnia …:" is missing or names no version');
    const { codes } = examine(page, version, true);
    assert.ok(codes.includes(code), `found only ${codes.join(', ')}`);
    assert.deepEqual(examine(page, version, false).codes, []);
  });

  test(`${code}: the quick fixes that it names exist`, () => {
    const [, section = ''] = /^## Fix\n([\s\S]*?)^## /m.exec(text) ?? [];
    const named = [...section.matchAll(/\*\*(.+?)\*\*/g)].map(([, title]) => title ?? '');
    const titles = (entry?.messages ?? []).map(asPattern);
    assert.deepEqual(
      named.filter((name) => !titles.some((title) => title.test(name))),
      [],
    );
    assert.equal(named.length > 0, entry?.hasFix);
  });

  test(`${code}: its links lead somewhere`, () => {
    const targets = [...text.matchAll(/\]\((?!https:)([^)#]+)[^)]*\)/g)].map(([, target]) => target ?? '');
    const known = ['README.md', ...pages.map((other) => `${other.code}.md`)];
    assert.deepEqual(
      targets.filter((target) => !known.includes(target)),
      [],
    );
  });
}

/** A pattern for a rule's text that accepts anything for its parameters. */
function asPattern(template: string): RegExp {
  const literal = (part: string): string => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(
    `^${template
      .split(/\{\w+\}/)
      .map(literal)
      .join('.+')}$`,
  );
}

/** The findings of the bad or good example: in the mapping file and in the files next to it. */
function examine({ code, blocks }: Page, version: OmniaVersion, isBad: boolean): Outcome {
  const text = (file: string): string | undefined => {
    const candidates = blocks.filter((block) => block.file === file);
    return (candidates.find((block) => block.isBad === isBad) ?? candidates[0])?.text;
  };
  const problems: ContextProblem[] = [];
  const context: Context = {};
  for (const file of new Set(blocks.map((block) => block.file))) {
    problems.push(...readContextFile(file, text(file) ?? '', version, context));
  }
  const mapping = text(mappingFile);
  const codes: string[] = problems.map((problem) => problem.code);
  const settings = { version, context, overrides: new Map<string, Level>(), encoding: { kind: 'unchecked' } } as const;
  const model = mapping === undefined ? undefined : new MappingModel(new CsvDocument(mapping), mappingRules, settings);
  codes.push(...(model?.sortedFindings() ?? []).map(({ rule }) => rule.code));
  const failed = text(failedNodesFile);
  if (failed === undefined) {
    const isRule = entryOf.get(code)?.file === 'mapping';
    assert.equal(isRule && model === undefined, false, 'the page of a rule has ```csv example and ```csv');
    return { codes, problems };
  }
  const committed = text('committed.json');
  const expectedJobId = text('pipeline.txt')?.trim();
  const findings = checkFailedNodes({
    document: readFailedNodesDocument(failed),
    ...(model !== undefined && { mapping: { rowsOf: (bmcIp: string) => model.find('BMC_IP', bmcIp) } }),
    ...(committed !== undefined && { committed: readFailedNodesDocument(committed) }),
    ...(expectedJobId !== undefined && { expectedJobId }),
  });
  return { codes: [...codes, ...findings.map(({ rule }) => rule.code)], problems };
}

/** Adds the facts in a file next to the mapping file to `context`. @returns the problems of that file */
function readContextFile(
  file: string,
  text: string,
  version: OmniaVersion,
  context: Context,
): readonly ContextProblem[] {
  switch (file) {
    case mappingFile:
    case failedNodesFile:
    case 'committed.json':
    case 'pipeline.txt':
      return [];
    case 'settings.json': {
      const share = (JSON.parse(text) as Record<string, unknown>)['buildstream.context.omniaShare'];
      assert.ok(share === 'nfs' || share === 'local');
      context.share = share;
      return [];
    }
    default: {
      const kind =
        file === 'catalog_rhel.json' ? 'catalog' : besideKinds.find((one) => besideNames[one].includes(file));
      assert.ok(kind !== undefined, `no reader for ${file}`);
      const { facts, problems } = readBeside(kind, text, version, '');
      Object.assign(context, facts);
      return problems;
    }
  }
}

function readPage(name: string): Page {
  const text = readFileSync(path.join(folder, name), 'utf8');
  const fences = text.matchAll(/^```(\w+)(?: (\S+\.\w+))?( example)?\n([\s\S]*?)^```$/gm);
  const blocks = [...fences].map(([, language, file, example, content]) => ({
    file: language === 'csv' ? mappingFile : (file ?? ''),
    isBad: example !== undefined,
    // A value this long would dominate the page.
    text: (content ?? '').replace(/\bLONG\b/, 'x'.repeat(131_073)),
  }));
  for (const file of new Set(blocks.map((block) => block.file))) {
    const kinds = blocks.filter((block) => block.file === file).map(({ isBad }) => isBad);
    const isRulePage = blocks[0]?.file === mappingFile;
    const isShared = !(isRulePage && file === mappingFile) && kinds.length === 1 && kinds[0] === false;
    if (!isShared) assert.deepEqual(kinds, [true, false], `${name}: ${file} once bad, then once good`);
  }
  return { code: name.replace(/\.md$/, ''), text, blocks };
}

function levelsOnPage(text: string): Record<OmniaVersion, string> {
  const [header, , row] = text.split('\n').flatMap((line) => (line.startsWith('|') ? [cellsOf(line)] : []));
  assert.deepEqual(header, ['Omnia', ...columns]);
  const entries = omniaVersions.map((version, at) => [version, row?.[at + 1] ?? '']);
  return Object.fromEntries(entries) as Record<OmniaVersion, string>;
}

function readIndex(): IndexRow[] {
  const lines = readFileSync(path.join(folder, 'README.md'), 'utf8').split('\n');
  const headers = lines.filter((line) => line.startsWith('| code ')).map(cellsOf);
  assert.deepEqual(headers, Array(3).fill(['code', 'finds', ...columns, 'fix']));
  return lines.flatMap((line) => {
    const [link = '', finds, ...rest] = cellsOf(line);
    const [, code, target] = /^\[([\w-]+)\]\(([\w-]+)\.md\)$/.exec(link) ?? [];
    if (code === undefined) return [];
    assert.equal(target, code);
    assert.ok(finds, `${code}: say what it finds`);
    return [{ code, levels: rest.slice(0, -1), fix: rest.at(-1) ?? '' }];
  });
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}
