// One test per LSP method: checks that it is wired for failed_nodes.json and for the join of both files.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type {
  CodeLens,
  CompletionList,
  DocumentSymbol,
  Hover,
  Location,
  SymbolInformation,
  TextDocumentEdit,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol/node';
import type { Position, TextEdit } from '@omnia-buildstream/core/text/position';
import { cluster, rows } from '../../support/cluster.ts';
import { bothFailed, entry1, entry2, failedNodesText } from '../../support/failedNodesText.ts';
import { applyEdits } from '../../support/textEdits.ts';
import { type Editor, failedUri, mappingUri, show, startEditor } from './harness.ts';

/** Opens both files; the cursor is at `|` in either. */
async function openBoth(
  t: TestContext,
  { mapping = cluster, failed = bothFailed, builtInJson = false } = {},
): Promise<{ editor: Editor; position: Position; uri: string }> {
  const editor = await startEditor(t, { builtInJson });
  const inMapping = await editor.open(mapping);
  const inFailed = await editor.openFailedNodes(failed);
  await editor.diagnostics(failedUri);
  return mapping.includes('|')
    ? { editor, position: inMapping, uri: mappingUri }
    : { editor, position: inFailed, uri: failedUri };
}

async function hover(editor: Editor, position: Position, uri: string): Promise<string> {
  const found = (await editor.request('textDocument/hover', { position }, uri)) as Hover;
  assert.ok(typeof found.contents === 'object' && 'value' in found.contents);
  return found.contents.value;
}

function places(found: unknown): string[] {
  return (found as Location[]).map(({ uri, range }) => `${uri === failedUri ? 'failed' : 'mapping'} ${show(range)}`);
}

test('hover tells the cause, what to do, the row and what Omnia will do', async (t) => {
  const { editor, position, uri } = await openBoth(t, { failed: bothFailed.replace('cn-001', 'cn-0|01') });
  const text = await hover(editor, position, uri);
  assert.match(text, /iDRAC is not ready/);
  assert.match(text, /Lifecycle Controller/);
  assert.match(text, /2026\\-04\\-10T16:32:15Z/);
  assert.match(text, /line 5.*`slurm_node_x86_64`.*`grp3`.*`10\.5\.0\.14`/);
  assert.match(text, /next run boots it: failed in the last run/);
});

test('hover of a marked node and of an orphan says so', async (t) => {
  const orphan = { ...entry1, bmc_ip: '10.9.9.9', status: 'success' };
  const { editor, position, uri } = await openBoth(t, { failed: failedNodesText(orphan).replace('9.9"', '9.9|"') });
  const text = await hover(editor, position, uri);
  assert.match(text, /marked as successful by hand/);
  assert.match(text, /No row of the mapping file has this BMC\\_IP/);
  assert.match(text, /leaves it alone: not in the mapping file/);
});

test('hover in the mapping file tells the state of the node', async (t) => {
  const failed = await openBoth(t, { mapping: cluster.replace('cn-001', 'cn-0|01') });
  assert.match(await hover(failed.editor, failed.position, failed.uri), /HOSTNAME[^]*iDRAC is not ready[^]*boots it/);
  const ok = await openBoth(t, { mapping: cluster.replace('kcp1', 'kc|p1') });
  assert.match(await hover(ok.editor, ok.position, ok.uri), /possibly booted already \\\(unknown here\\\)/);
  await ok.editor.commit(ok.uri, cluster);
  assert.match(await hover(ok.editor, ok.position, ok.uri), /no failure reported in the last run/);
});

test('completion offers statuses, and nodes that fill the whole entry', async (t) => {
  const status = await openBoth(t, { failed: bothFailed.replace('"failed"', '"|"') });
  const list = (await status.editor.request('textDocument/completion', status, failedUri)) as CompletionList;
  assert.deepEqual(
    list.items.map(({ label, filterText }) => [label, filterText]),
    [
      ['success', '"success"'],
      ['failed', '"failed"'],
    ],
  );
  const node = await openBoth(t, { failed: bothFailed.replace('"10.6.0.14"', '"|"') });
  const nodes = (await node.editor.request('textDocument/completion', node, failedUri)) as CompletionList;
  assert.equal(nodes.items[0]?.label, '10.6.0.11');
  assert.equal(nodes.items[0].additionalTextEdits?.length, 2);
});

test('statuses are not offered twice where the editor knows the schema', async (t) => {
  const failed = bothFailed.replace('"failed"', '"|"');
  const { editor, position } = await openBoth(t, { failed, builtInJson: true });
  const list = (await editor.request('textDocument/completion', { position }, failedUri)) as CompletionList;
  assert.deepEqual(list.items, []);
});

test('a quote typed into the mapping file brings no list', async (t) => {
  const { editor, position } = await openBoth(t, { mapping: cluster.replace('grp3', '|grp3') });
  const context = { triggerKind: 2, triggerCharacter: '"' };
  assert.equal(await editor.request('textDocument/completion', { position, context }), null);
});

test('lenses sum up the file and offer what can be done with each entry', async (t) => {
  const text = failedNodesText(entry1, { ...entry2, status: 'success' }, { ...entry1, bmc_ip: '10.9.9.9' });
  const { editor } = await openBoth(t, { failed: text });
  const lenses = (await editor.request('textDocument/codeLens', {}, failedUri)) as CodeLens[];
  assert.deepEqual(
    lenses.map(({ range, command }) => [range.start.line, command?.title, command?.command, command?.arguments]),
    [
      [0, '2 failed · 1 marked · 1 will be tried again', 'buildstream.showPlan', [failedUri]],
      [7, 'Mark successful', 'buildstream.markSuccessful', [failedUri, ['10.6.0.14']]],
      [7, 'Show in mapping', 'buildstream.showInMapping', ['10.6.0.14', failedUri]],
      [14, 'Mark failed again', 'buildstream.markFailed', [failedUri, ['10.6.0.15']]],
      [14, 'Show in mapping', 'buildstream.showInMapping', ['10.6.0.15', failedUri]],
      [21, 'Mark successful', 'buildstream.markSuccessful', [failedUri, ['10.9.9.9']]],
    ],
  );
});

test('groups of the mapping file have a lens, counted when it is seen', async (t) => {
  const { editor } = await openBoth(t, { failed: failedNodesText(entry1) });
  const lenses = (await editor.request('textDocument/codeLens', {})) as CodeLens[];
  assert.deepEqual(
    lenses.map(({ range, command }) => [range.start.line, command]),
    [[4, undefined]],
  );
  const resolved: CodeLens = await editor.connection.sendRequest('codeLens/resolve', lenses[0]);
  assert.equal(resolved.command?.title, '2 nodes in this group, 1 failed');
});

test('without failed_nodes.json the mapping file has no lenses', async (t) => {
  const editor = await startEditor(t);
  await editor.open(cluster);
  assert.equal(await editor.request('textDocument/codeLens', {}), null);
});

test('the definition of an entry is its row, and of a row its entry', async (t) => {
  const entry = await openBoth(t, { failed: bothFailed.replace('COMP002', 'COMP|002') });
  assert.deepEqual(places(await entry.editor.request('textDocument/definition', entry, failedUri)), [
    'mapping 5:23-5:30',
  ]);
  const row = await openBoth(t, { mapping: cluster.replace('10.6.0.15', '10.6|.0.15') });
  assert.deepEqual(places(await row.editor.request('textDocument/definition', row)), ['failed 15:22-15:33']);
  const parent = await openBoth(t, { mapping: cluster.replace('COMP001,KNO', 'COMP001,KNO|') });
  assert.deepEqual(places(await parent.editor.request('textDocument/definition', parent)), ['mapping 2:30-2:37']);
});

test('references of a node are in both files, from either', async (t) => {
  const context = { includeDeclaration: true };
  const expected = ['mapping 4:39-4:45', 'failed 9:24-9:32'];
  const row = await openBoth(t, { mapping: cluster.replace('cn-001', 'cn|-001') });
  assert.deepEqual(places(await row.editor.request('textDocument/references', { ...row, context })), expected);
  const entry = await openBoth(t, { failed: bothFailed.replace('cn-001', 'cn|-001') });
  assert.deepEqual(
    places(await entry.editor.request('textDocument/references', { ...entry, context }, failedUri)),
    expected,
  );
});

for (const [title, mapping, failed] of [
  ['the mapping file', cluster.replace('COMP002', 'COMP|002'), bothFailed],
  ['failed_nodes.json', cluster, bothFailed.replace('COMP002', 'COMP|002')],
] as const) {
  test(`a service tag is renamed in both files from ${title}`, async (t) => {
    const { editor, position, uri } = await openBoth(t, { mapping, failed });
    const target = await editor.request('textDocument/prepareRename', { position }, uri);
    assert.equal((target as { placeholder: string }).placeholder, 'COMP002');
    const edit = (await editor.request('textDocument/rename', { position, newName: 'NEW0002' }, uri)) as WorkspaceEdit;
    const changes = edit.documentChanges as TextDocumentEdit[];
    assert.deepEqual(
      changes.map(({ textDocument }) => textDocument.uri),
      [mappingUri, failedUri],
    );
    const [inMapping, inFailed] = changes.map(({ edits }) => edits as TextEdit[]);
    assert.equal(applyEdits(cluster, inMapping ?? []), cluster.replace('COMP002', 'NEW0002'));
    assert.equal(applyEdits(bothFailed, inFailed ?? []), bothFailed.replace('COMP002', 'NEW0002'));
  });
}

test('an entry that is another node than its row cannot be renamed', async (t) => {
  const { editor, position } = await openBoth(t, { failed: bothFailed.replace('cn-001', 'oth|er') });
  await assert.rejects(editor.request('textDocument/prepareRename', { position }, failedUri), /nothing to rename/);
  await assert.rejects(editor.request('textDocument/rename', { position, newName: 'x' }, failedUri));
});

test('every hostname is a symbol of the workspace', async (t) => {
  const { editor } = await openBoth(t);
  const found: SymbolInformation[] = await editor.connection.sendRequest('workspace/symbol', { query: 'cn2' });
  assert.deepEqual(
    found.map(({ name, containerName, location }) => [name, containerName, location.uri, show(location.range)]),
    [['cn-002', 'grp3', mappingUri, '5:39-5:45']],
  );
  const all: SymbolInformation[] = await editor.connection.sendRequest('workspace/symbol', { query: '' });
  assert.equal(all.length, rows.length);
});

test('the outline of failed_nodes.json has its nodes', async (t) => {
  const { editor } = await openBoth(t, { failed: failedNodesText(entry1, { bmc_ip: '10.9.9.9' }, {}) });
  const symbols = (await editor.request('textDocument/documentSymbol', {}, failedUri)) as DocumentSymbol[];
  assert.deepEqual(
    symbols.map(({ name, detail }) => [name, detail]),
    [
      ['cn-001', '10.6.0.14 · failed'],
      ['10.9.9.9', ''],
      ['#3', ''],
    ],
  );
});
