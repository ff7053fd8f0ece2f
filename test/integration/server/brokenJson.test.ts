// Whatever failed_nodes.json contains, every request is answered and every range is within the text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Position, Range } from '@omnia-buildstream/core/text/position';
import { cluster } from '../../support/cluster.ts';
import { positionAt } from '../../support/csvText.ts';
import { bothFailed } from '../../support/failedNodesText.ts';
import { type Editor, failedUri, startEditor } from './harness.ts';

const everything = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };

function isRange(value: object): value is Range {
  return 'start' in value && 'end' in value;
}

/** Every range in an answer that is about failed_nodes.json. */
function rangesIn(value: unknown): Range[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('uri' in value && value.uri !== failedUri) return [];
  if ('textDocument' in value) {
    const { uri } = value.textDocument as { uri: string };
    if (uri !== failedUri) return [];
  }
  return [...(isRange(value) ? [value] : []), ...Object.values(value).flatMap(rangesIn)];
}

async function askEverything(editor: Editor, position: Position): Promise<void> {
  const { text } = editor.document(failedUri);
  const lines = text.split('\n');
  const requests: [method: string, params: object][] = [
    ['textDocument/hover', { position }],
    ['textDocument/completion', { position }],
    ['textDocument/definition', { position }],
    ['textDocument/references', { position, context: { includeDeclaration: true } }],
    ['textDocument/documentSymbol', {}],
    ['textDocument/codeLens', {}],
    ['textDocument/codeAction', { range: { start: position, end: position }, context: { diagnostics: [] } }],
    ['textDocument/codeAction', { range: everything, context: { diagnostics: [], only: ['source.fixAll'] } }],
    ['buildstream/nodes', { uri: failedUri }],
    ['buildstream/plan', { failedUri }],
    ['buildstream/markNodes', { uri: failedUri, bmcIps: 'all', status: 'success' }],
  ];
  const answers = await Promise.all(requests.map(([method, params]) => editor.request(method, params, failedUri)));
  answers.push(await editor.diagnostics(failedUri));
  await editor.request('textDocument/prepareRename', { position }, failedUri).catch((error: unknown) => {
    assert.match(String(error), /renamed|rename/);
  });
  for (const { start, end } of rangesIn(answers)) {
    for (const { line, character } of [start, end]) {
      assert.ok(character >= 0 && character <= (lines[line] ?? '').length, `${String(line)}:${String(character)}`);
    }
  }
}

test('truncated at every byte', async (t) => {
  const editor = await startEditor(t);
  await editor.open(cluster);
  await editor.openFailedNodes(bothFailed);
  await editor.commit(failedUri, bothFailed);
  while (editor.document(failedUri).text.length > 0) {
    const { text } = editor.document(failedUri);
    const last = { start: positionAt(text, text.length - 1), end: positionAt(text, text.length) };
    await editor.edit([{ range: last, newText: '' }], failedUri);
    await askEverything(editor, last.start);
  }
});

test('any sequence of edits', async (t) => {
  const editor = await startEditor(t);
  await editor.open(cluster);
  await editor.openFailedNodes(bothFailed);
  let seed = 11;
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const pieces = [
    '',
    '"',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '\n',
    'x',
    '\\',
    '\u{1f600}',
    '"status"',
    '{"bmc_ip": ""}',
    'null',
  ];
  for (let round = 0; round < 250; round++) {
    const { text } = editor.document(failedUri);
    const from = random(text.length + 1);
    const to = Math.min(text.length, from + random(4) * random(20));
    const range = { start: positionAt(text, from), end: positionAt(text, to) };
    await editor.edit([{ range, newText: pieces[random(pieces.length)] ?? '' }], failedUri);
    await askEverything(editor, range.start);
    if (round % 50 !== 49) continue;
    await editor.edit([{ range: everything, newText: bothFailed }], failedUri);
  }
});

test('thousands of nested brackets', async (t) => {
  const editor = await startEditor(t);
  await editor.openFailedNodes('{"failed_nodes": ['.repeat(20_000));
  await askEverything(editor, { line: 0, character: 200_000 });
});
