import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeAction, TextDocumentEdit } from 'vscode-languageserver-protocol/node';
import type { Range, TextEdit } from '@omnia-buildstream/core/text/position';
import { cluster } from '../../support/cluster.ts';
import { positionAt } from '../../support/csvText.ts';
import { bothFailed, entry1, entry2, failedNodesText } from '../../support/failedNodesText.ts';
import { applyEdits } from '../../support/textEdits.ts';
import { type Editor, failedUri, mappingUri, startEditor } from './harness.ts';

const success = { status: 'success' } as const;

async function actions(editor: Editor, at: Range | string, only?: string[]): Promise<CodeAction[]> {
  const range = typeof at === 'string' ? cursor(editor, at) : at;
  const context = { diagnostics: [], ...(only !== undefined && { only }) };
  return (await editor.request('textDocument/codeAction', { range, context }, failedUri)) as CodeAction[];
}

/** The empty range at the start of a text. */
function cursor(editor: Editor, text: string): Range {
  const all = editor.document(failedUri).text;
  const start = positionAt(all, all.indexOf(text));
  return { start, end: start };
}

function apply(editor: Editor, action: CodeAction | undefined, uri = failedUri): string {
  const [change, ...others] = (action?.edit?.documentChanges ?? []) as TextDocumentEdit[];
  assert.ok(change, 'the action has edits');
  assert.deepEqual(others, []);
  assert.equal(change.textDocument.uri, uri);
  assert.equal(change.textDocument.version, editor.document(uri).version);
  return applyEdits(editor.document(uri).text, change.edits as TextEdit[]);
}

async function open(t: Parameters<typeof startEditor>[0], text: string): Promise<Editor> {
  const editor = await startEditor(t);
  await editor.open(cluster);
  await editor.openFailedNodes(text);
  await editor.diagnostics(failedUri);
  return editor;
}

function titles(found: readonly CodeAction[]): string[] {
  return found.map(({ title }) => title);
}

test('in a conflict of a merge no light bulb marks a node or adds a row', async (t) => {
  const editor = await open(t, bothFailed.replace('[', '[\n<<<<<<< HEAD\n=======\n>>>>>>> theirs\n'));
  assert.deepEqual(titles(await actions(editor, 'cn-002')), []);
});

test('the node at the cursor is marked, and nothing else changes', async (t) => {
  const editor = await open(t, bothFailed);
  const found = await actions(editor, 'cn-002');
  assert.deepEqual(titles(found), [
    'Mark cn-002 (10.6.0.15) as successful: booted by hand, not tried again',
    'Mark all 2 failed nodes as successful',
  ]);
  assert.equal(apply(editor, found[0]), failedNodesText(entry1, { ...entry2, ...success }));
  assert.equal(apply(editor, found[1]), bothFailed.replaceAll('"failed"', '"success"'));
});

test('marking back is said to be in vain unless the mark was never committed', async (t) => {
  const editor = await open(t, failedNodesText({ ...entry1, ...success }, entry2));
  const title = async (): Promise<string | undefined> => titles(await actions(editor, 'cn-001'))[0];
  assert.match((await title()) ?? '', /as failed again \(has no effect once Omnia has read "success"\)/);
  await editor.commit(failedUri, bothFailed);
  assert.match((await title()) ?? '', /as failed again: it will be tried again/);
  assert.equal(apply(editor, (await actions(editor, 'cn-001'))[0]), bothFailed);
});

test('all nodes with the cause of the one at the cursor are marked', async (t) => {
  const third = { ...entry1, bmc_ip: '10.6.0.13', hostname: 'slurm1', service_tag: 'SLCTL01' };
  const editor = await open(t, failedNodesText(entry1, entry2, third));
  const found = await actions(editor, 'cn-001', ['refactor']);
  assert.deepEqual(titles(found), [
    'Mark all 2 nodes with this cause as successful (iDRAC is not ready)',
    'Mark all 3 failed nodes as successful',
  ]);
  assert.equal(apply(editor, found[0]), failedNodesText({ ...entry1, ...success }, entry2, { ...third, ...success }));
});

test('the selected nodes are marked', async (t) => {
  const editor = await open(t, failedNodesText(entry1, entry2, { ...entry1, bmc_ip: '10.6.0.13' }));
  const range = { start: cursor(editor, 'cn-001').start, end: cursor(editor, 'cn-002').end };
  const [first] = await actions(editor, range);
  assert.equal(first?.title, 'Mark the selected nodes as successful (2)');
  assert.equal(
    apply(editor, first),
    failedNodesText({ ...entry1, ...success }, { ...entry2, ...success }, { ...entry1, bmc_ip: '10.6.0.13' }),
  );
});

test('a status spelling is repaired, the sure one without asking', async (t) => {
  const editor = await open(t, failedNodesText({ ...entry1, status: 'Success' }, { ...entry2, status: 'done' }));
  const [sure] = await actions(editor, '"Success"');
  assert.equal(sure?.isPreferred, true);
  assert.deepEqual(
    sure.diagnostics?.map(({ code }) => code),
    ['bad-status'],
  );
  assert.equal(apply(editor, sure), failedNodesText({ ...entry1, ...success }, { ...entry2, status: 'done' }));
  const [guess] = await actions(editor, '"done"');
  assert.equal(guess?.isPreferred, false);
});

test('fixes are offered also for what the editor says about the schema itself', async (t) => {
  const editor = await open(t, failedNodesText({ ...entry1, status: 'Success' }));
  await editor.connection.sendNotification('buildstream/builtInJson', { active: true });
  await editor.diagnosticsWhere((found) => found.length === 0, failedUri);
  const found = await actions(editor, '"Success"');
  assert.match(found[0]?.title ?? '', /^Change to "success"/);
  assert.ok(!found.some(({ command }) => command !== undefined));
});

test('an orphan gets a row in the mapping file, or is removed', async (t) => {
  const orphan = { ...entry2, bmc_ip: '10.6.0.99', hostname: 'cn-099', service_tag: 'COMP099' };
  const editor = await open(t, failedNodesText(entry1, orphan));
  const found = await actions(editor, '"10.6.0.99"');
  const add = found.find(({ title }) => title === 'Add a row for cn-099 (10.6.0.99) to the mapping file');
  assert.equal(
    apply(editor, add, mappingUri),
    `${cluster}slurm_node_x86_64,grp3,COMP099,KNODE01,cn-099,,,,10.6.0.99\n`,
  );
  const remove = found.find(({ title }) => title === 'Remove the entry');
  assert.equal(apply(editor, remove), bothFailed.replace(/,\s*\{[^{}]*cn-002[^{}]*\}/, '').replace('": 1', '": 2'));
});

test('a deleted entry is restored from the committed file', async (t) => {
  const editor = await open(t, failedNodesText(entry1));
  await editor.commit(failedUri, bothFailed);
  await editor.diagnosticsWhere((found) => found.length > 0, failedUri);
  const restore = (await actions(editor, '"failed_nodes"')).find(({ title }) => title.startsWith('Restore'));
  assert.equal(restore?.title, 'Restore the entry of cn-002 (10.6.0.15)');
  assert.deepEqual((JSON.parse(apply(editor, restore)) as { failed_nodes: unknown }).failed_nodes, [entry1, entry2]);
});

test('fix on save repairs sure spellings only', async (t) => {
  const editor = await open(t, failedNodesText({ ...entry1, status: ' Success' }, { ...entry2, status: 'done' }));
  const [action, ...more] = await actions(editor, 'job_id', ['source.fixAll']);
  assert.equal(action?.kind, 'source.fixAll.buildstream');
  assert.deepEqual(more, []);
  assert.equal(apply(editor, action), failedNodesText({ ...entry1, ...success }, { ...entry2, status: 'done' }));
  await editor.edit(
    [{ range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } }, newText: bothFailed }],
    failedUri,
  );
  assert.deepEqual(await actions(editor, 'job_id', ['source.fixAll']), []);
});

test('each rule can be configured and read about from its problem', async (t) => {
  const editor = await open(t, failedNodesText({ ...entry1, hostname: 'other' }));
  const found = await actions(editor, '"other"');
  assert.deepEqual(
    found.flatMap(({ command }) => (command === undefined ? [] : [[command.command, command.arguments]])),
    [
      ['buildstream.setRuleSeverity', ['differs-from-mapping']],
      ['buildstream.openRuleDocs', ['differs-from-mapping']],
    ],
  );
});
