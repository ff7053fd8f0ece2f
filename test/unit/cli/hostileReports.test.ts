/** Texts that other people read: reports and notes that contain hostile text. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortened } from '@omnia-buildstream/cli/pipelines/note';
import type { ReportedFinding } from '@omnia-buildstream/cli/validate/report';
import { writeJunit } from '@omnia-buildstream/cli/validate/formats/junit';
import { sarifWriter } from '@omnia-buildstream/cli/validate/formats/sarif';
import { pages } from '@omnia-buildstream/cli/start/pagesOnDisk';
import { writeText } from '@omnia-buildstream/cli/validate/formats/text';
import { bullets, md, table } from '@omnia-buildstream/core/text/markdown';
import { fc } from '../../support/properties/fastCheck.ts';
import MarkdownIt from 'markdown-it';
import { hostileText } from '../../support/hostileText.ts';

const place = { line: 1, column: 1, endLine: 1, endColumn: 2 };
const reportOf = (text: string, other: string) => {
  const finding: ReportedFinding = {
    ...place,
    code: 'bad-mac',
    severity: 'error',
    columnName: undefined,
    message: `'${text}' is not valid. ${other}`,
    related: [{ ...place, message: other }],
    subject: text,
  };
  return [{ path: 'a.csv', omnia: '2.2', detected: false, findings: [finding] }] as const;
};
const ownColour = new RegExp(`${String.fromCodePoint(27)}\\[(?:0|2|31)m`, 'g');
const options = { color: true, quiet: false, cwd: '/' };

interface Sarif {
  readonly runs: readonly { readonly results: readonly { readonly message: { readonly text: string } }[] }[];
}

test('no report has a link, an element or a line of somebody else, whatever stands in cells', () => {
  fc.assert(
    fc.property(hostileText, hostileText, (text, other) => {
      const reports = reportOf(text, other);
      const sarif = [...sarifWriter(pages)(reports, options)].join('');
      assert.equal((JSON.parse(sarif) as Sarif).runs[0]?.results.length, 1);
      assert.ok(!sarif.includes(']('));
      const junit = [...writeJunit(reports, options)].join('');
      assert.deepEqual(
        [...junit.matchAll(/<([a-z]+)/g)].map(([, name]) => name),
        ['testsuites', 'testsuite', 'testcase', 'failure'],
      );
      assert.doesNotMatch(junit, /[^\P{Cc}\n\u007f-\u009f]/u);
      const lines = [...writeText(reports, options)].join('').split('\n');
      assert.equal(lines.length, 4);
      assert.doesNotMatch(lines.join('').replaceAll(ownColour, ''), /\p{Cc}/u);
    }),
  );
});

test('a note that is too long ends at a line, so that half a word of code does not become a link or an element', () => {
  const cell = 'x//<img/src=//evil.example/onerror=alert(1)>';
  const rows = Array.from({ length: 20_000 }, (_, row) => [String(row), cell]);
  const text = md`${bullets(['a'])}\n\n${table(['node', 'why'], rows)}\n`.toString();
  assert.ok(text.length > 900_000);
  for (const lead of [0, 1, 7, 20, 33, 50]) {
    const note = shortened('.'.repeat(lead) + text);
    assert.ok(note.length < 900_010);
    const end = note.slice(-400);
    const html = new MarkdownIt({ html: true, linkify: true }).render(end.slice(end.indexOf('\n')));
    assert.doesNotMatch(html, /<img|<a /);
    assert.ok(note.endsWith('|\n\n…\n'));
  }
});
