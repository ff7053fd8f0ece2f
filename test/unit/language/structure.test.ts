import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alignmentPads, tablePads, type Pad } from '@omnia-buildstream/core/language/alignment';
import { folds } from '@omnia-buildstream/core/language/folding';
import { trimPadding } from '@omnia-buildstream/core/language/format';
import { outline } from '@omnia-buildstream/core/language/outline';
import { semanticTokens } from '@omnia-buildstream/core/language/semanticTokens';
import { fc } from '../../support/properties/fastCheck.ts';
import { applyEdits } from '../../support/textEdits.ts';
import { cluster, fileOf, header, node1, node2, rows } from '../../support/cluster.ts';
import { mappingText } from '../../support/mappingText.ts';
import { modelAt, say } from '../../support/modelAt.ts';

const whole = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };

test('the outline counts the nodes of a group and names those without a hostname by tag', () => {
  const { model } = modelAt(fileOf(header, node1, node2.replace('cn-002', '')));
  const [group] = outline(model, say)[0]?.children ?? [];
  assert.equal(group?.detail, '2 nodes');
  assert.deepEqual(
    group.children.map(({ name }) => name),
    ['cn-001', 'COMP002'],
  );
});

test('the header is the outermost entry, from its line to the end of the file, so that editors keep it in view', () => {
  const { model } = modelAt(fileOf('# note', header, node1, '', node2, ''));
  const [root, ...others] = outline(model, say);
  assert.deepEqual(others, []);
  assert.equal(root?.range.start.line, 1);
  assert.equal(root.range.end.line, model.document.lineCount - 1);
  assert.deepEqual(root.selectionRange.start, root.range.start);
});

test('no entry of the outline is without a name', () => {
  const { model } = modelAt(fileOf(header, ',,,,,,,,', 'x'));
  const groups = outline(model, say).flatMap((root) => [root, ...root.children]);
  assert.ok(
    groups.flatMap(({ name, children }) => [name, ...children.map((child) => child.name)]).every((name) => name !== ''),
  );
});

test('comments fold, and a group folds wherever its rows are neighbours', () => {
  const { model } = modelAt(fileOf('# one', '# two', header, ...rows, '', node1, node2));
  assert.deepEqual(folds(model), [
    { kind: 'comment', startLine: 0, endLine: 1 },
    { kind: 'group', startLine: 6, endLine: 7 },
    { kind: 'group', startLine: 9, endLine: 10 },
  ]);
});

test('tokens are coloured by what the column means', () => {
  const { model } = modelAt(fileOf('# note', header, node1));
  const types = semanticTokens(model).map(({ type }) => type);
  assert.deepEqual(types.slice(0, 2), ['comment', 'keyword']);
  assert.deepEqual(types.slice(10), [
    'enumMember',
    'namespace',
    'class',
    'class',
    'variable',
    'string',
    'number',
    'string',
    'number',
  ]);
});

test('alignment puts every column under its name', () => {
  const { model, text } = modelAt(cluster);
  const pads = alignmentPads(model, whole);
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line, number) =>
      pads
        .filter(({ position }) => position.line === number)
        .reduceRight(
          (shown, { position, width }) =>
            shown.slice(0, position.character) + ' '.repeat(width) + shown.slice(position.character),
          line,
        ),
    );
  const starts = lines.map((line) => [...line.matchAll(/,/g)].map(({ index }) => index).join(' '));
  assert.equal(new Set(starts).size, 1);
});

test('the table keeps the columns of a header that is out of sight under each other with the rows, and in their place', () => {
  const { model } = modelAt(cluster);
  const row = { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } };
  const { header, rows } = tablePads(model, row);
  const all = alignmentPads(model, whole);
  const lineOf = (line: number): Pad[] => all.filter(({ position }) => position.line === line);
  assert.deepEqual(header, lineOf(0));
  assert.deepEqual(rows, lineOf(3));
  assert.deepEqual([...tablePads(model, whole).header, ...tablePads(model, whole).rows], all);
});

test('formatting twice is formatting once, and the values stay', () => {
  fc.assert(
    fc.property(mappingText, (text) => {
      const { model } = modelAt(text);
      const formatted = applyEdits(text, trimPadding(model));
      const again = modelAt(formatted).model;
      assert.deepEqual(trimPadding(again), []);
      assert.deepEqual(
        [...again.rows].map((row) => row.text),
        [...model.rows].map((row) => row.text),
      );
    }),
  );
});

test('cells with wrong quotes are left alone', () => {
  const { model } = modelAt(fileOf(header, ' "a" ,b,c', '"x" , y'));
  assert.deepEqual(trimPadding(model), []);
});
