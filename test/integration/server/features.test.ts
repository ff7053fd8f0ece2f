// One test per LSP method: checks that it is wired. The content of each feature is tested in test/unit/language.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  CompletionList,
  DocumentHighlight,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  SelectionRange,
  SemanticTokens,
  SemanticTokensDelta,
  TextDocumentEdit,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol/node';
import { cluster, fileOf, header, largeFile, node1, node2, soundRows } from '../../support/cluster.ts';
import { show, startEditor } from './harness.ts';
import type { TextEdit } from '@omnia-buildstream/core/text/position';
import { applyEdits } from '../../support/textEdits.ts';

test('completion offers values in our order, in place of the old value', async (t) => {
  const editor = await startEditor(t);
  const position = await editor.open(cluster.replace('grp3,COMP002', 'g|,COMP002'));
  const list = (await editor.request('textDocument/completion', { position })) as CompletionList;
  assert.deepEqual(
    list.items.slice(0, 2).map(({ label, sortText }) => [label, sortText]),
    [
      ['grp3', '0000'],
      ['grp4', '0001'],
    ],
  );
  const [first] = list.items;
  assert.ok(first?.textEdit && 'range' in first.textEdit);
  assert.equal(show(first.textEdit.range), '5:18-5:19');
});

test('an empty line offers a snippet for a whole row', async (t) => {
  const editor = await startEditor(t);
  const position = await editor.open(`${cluster}|`);
  const list = (await editor.request('textDocument/completion', { position })) as CompletionList;
  assert.equal(list.items[0]?.label, 'New node after cn-002');
  assert.equal(list.items[0].insertTextFormat, 2);
});

test('hover explains the column and the fault, with a link', async (t) => {
  const editor = await startEditor(t);
  const position = await editor.open(cluster.replace('cn-002', 'cn_0|02'));
  await editor.diagnostics();
  const { contents, range } = (await editor.request('textDocument/hover', { position })) as Hover;
  assert.ok(typeof contents === 'object' && 'value' in contents);
  assert.match(contents.value, /HOSTNAME/);
  assert.match(contents.value, /\[bad\\-hostname\]\(https:.*bad-hostname\.md\)/);
  assert.equal(range && show(range), '5:39-5:45');
});

test('the outline has groups with their nodes', async (t) => {
  const editor = await startEditor(t);
  await editor.open(cluster);
  const symbols = (await editor.request('textDocument/documentSymbol', {})) as DocumentSymbol[];
  assert.deepEqual(
    symbols[0]?.children?.at(-1)?.children?.map(({ name, detail }) => `${name} ${detail ?? ''}`),
    ['cn-001 slurm_node_x86_64', 'cn-002 slurm_node_x86_64'],
  );
});

test('groups can be folded', async (t) => {
  const editor = await startEditor(t);
  await editor.open(cluster);
  const folds = (await editor.request('textDocument/foldingRange', {})) as FoldingRange[];
  assert.deepEqual(folds, [{ startLine: 4, endLine: 5, kind: 'region' }]);
});

test('the definition of a parent is its row', async (t) => {
  const editor = await startEditor(t);
  const position = await editor.open(cluster.replace('COMP002,KNO', 'COMP002,KNO|'));
  const found = (await editor.request('textDocument/definition', { position })) as Location[];
  assert.deepEqual(
    found.map(({ range }) => show(range)),
    ['2:30-2:37'],
  );
});

test('the references of a tag are its row and its children', async (t) => {
  const editor = await startEditor(t);
  const position = await editor.open(cluster.replace('KNODE01', 'KN|ODE01'));
  const ask = async (includeDeclaration: boolean): Promise<string[]> => {
    const found = await editor.request('textDocument/references', { position, context: { includeDeclaration } });
    return (found as Location[]).map(({ range }) => show(range));
  };
  assert.deepEqual(await ask(true), ['2:30-2:37', '4:31-4:38', '5:31-5:38']);
  assert.deepEqual(await ask(false), ['4:31-4:38', '5:31-5:38']);
});

test('all places of a value are highlighted', async (t) => {
  const editor = await startEditor(t);
  const position = await editor.open(cluster.replace('KNODE01', 'KN|ODE01'));
  const found = (await editor.request('textDocument/documentHighlight', { position })) as DocumentHighlight[];
  assert.deepEqual(
    found.map(({ kind }) => kind),
    [3, 2, 2],
  );
});

test('a service tag is renamed with the cells that name it as parent', async (t) => {
  const editor = await startEditor(t);
  const position = await editor.open(cluster.replace('KNODE01', 'KN|ODE01'));
  assert.deepEqual(await editor.request('textDocument/prepareRename', { position }), {
    range: { start: { line: 2, character: 30 }, end: { line: 2, character: 37 } },
    placeholder: 'KNODE01',
  });
  const edit = (await editor.request('textDocument/rename', { position, newName: 'NEW0001' })) as WorkspaceEdit;
  const [change] = (edit.documentChanges ?? []) as TextDocumentEdit[];
  assert.equal(applyEdits(cluster, (change?.edits ?? []) as TextEdit[]), cluster.replaceAll('KNODE01', 'NEW0001'));
});

test('a name that is taken is refused with a reason', async (t) => {
  const editor = await startEditor(t);
  const position = await editor.open(cluster.replace('cn-002', 'cn-|002'));
  await assert.rejects(editor.request('textDocument/rename', { position, newName: 'cn-001' }), {
    message: "The hostname 'cn-001' is already in line 5.",
  });
});

test('an address cannot be renamed', async (t) => {
  const editor = await startEditor(t);
  const position = await editor.open(cluster.replace('10.5.0.14', '10.5|.0.14'));
  await assert.rejects(editor.request('textDocument/prepareRename', { position }), {
    message: 'Only hostnames and service tags can be renamed.',
  });
});

test('formatting removes padding and nothing else', async (t) => {
  const editor = await startEditor(t);
  const padded = cluster.replace('grp3', ' grp3 ').replace('cn-002', '"  cn-002"').replace('HOSTNAME', ' HOSTNAME');
  await editor.open(padded);
  const edits = (await editor.request('textDocument/formatting', { options: {} })) as TextEdit[];
  assert.equal(applyEdits(padded, edits), cluster.replace('cn-002', '"cn-002"'));
  const range = { start: { line: 5, character: 0 }, end: { line: 5, character: 9 } };
  const some = (await editor.request('textDocument/rangeFormatting', { range, options: {} })) as TextEdit[];
  assert.equal(some.length, 1);
});

test('columns are aligned by inlays when the user wants it', async (t) => {
  const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
  const plain = await startEditor(t);
  await plain.open(cluster);
  await plain.diagnostics();
  assert.deepEqual(await plain.request('textDocument/inlayHint', { range }), []);
  const aligned = await startEditor(t, { settings: { mapping: { alignColumns: true } } });
  await aligned.open(fileOf(header, node1, node2.replace('cn-002', 'cn-00002')));
  await aligned.diagnostics();
  const hints = (await aligned.request('textDocument/inlayHint', { range })) as InlayHint[];
  const ofHost = hints.find(({ position }) => position.line === 1 && position.character === 45);
  assert.equal(ofHost?.label, '\u00a0\u00a0');
});

test('the selection grows from value to file', async (t) => {
  const editor = await startEditor(t);
  const position = await editor.open(cluster.replace('cn-002', ' cn-|002'));
  const [step] = (await editor.request('textDocument/selectionRange', { positions: [position] })) as SelectionRange[];
  const steps: string[] = [];
  for (let each = step; each !== undefined; each = each.parent) steps.push(show(each.range));
  assert.deepEqual(steps, ['5:40-5:46', '5:39-5:46', '5:0-5:102', '4:0-5:102', '0:0-6:0']);
});

test('semantic tokens come whole, for a range and as a difference', async (t) => {
  const editor = await startEditor(t);
  await editor.open(cluster);
  const full = (await editor.request('textDocument/semanticTokens/full', {})) as SemanticTokens;
  assert.equal(full.data.length, 5 * (9 + 5 * 8 + 2));
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 9 } };
  const some = (await editor.request('textDocument/semanticTokens/range', { range })) as SemanticTokens;
  assert.deepEqual(some.data.slice(0, 10), [1, 0, 33, 1, 0, 0, 34, 4, 2, 0]);
  await editor.replace('cn-002', 'cn-0002');
  const previousResultId = full.resultId;
  const delta = (await editor.request('textDocument/semanticTokens/full/delta', {
    previousResultId,
  })) as SemanticTokensDelta;
  const data = [...full.data];
  for (const edit of delta.edits) data.splice(edit.start, edit.deleteCount, ...(edit.data ?? []));
  const fresh = (await editor.request('textDocument/semanticTokens/full', {})) as SemanticTokens;
  assert.deepEqual(data, fresh.data);
  assert.ok(delta.edits.every((edit) => (edit.data ?? []).length < 20));
});

test('a large file gets tokens for what is visible, and an outline of groups', async (t) => {
  const editor = await startEditor(t);
  await editor.open(largeFile(21_000));
  assert.equal(await editor.request('textDocument/semanticTokens/full', {}), null);
  const symbols = (await editor.request('textDocument/documentSymbol', {})) as DocumentSymbol[];
  const groups = symbols[0]?.children ?? [];
  assert.equal(groups.length, 213);
  assert.ok(groups.every(({ children }) => children?.length === 0));
});

test('requests about files that are not open get no answer, and do no harm', async (t) => {
  const editor = await startEditor(t);
  const uri = 'file:///cluster/none.csv';
  const position = { line: 0, character: 0 };
  for (const method of ['hover', 'completion', 'definition', 'documentSymbol', 'foldingRange', 'prepareRename']) {
    assert.equal(await editor.request(`textDocument/${method}`, { position }, uri), null);
  }
  await editor.open(fileOf(header, ...soundRows));
  assert.deepEqual(await editor.diagnostics(), []);
});
