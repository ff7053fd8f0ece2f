import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeAction, Diagnostic, TextDocumentEdit } from 'vscode-languageserver-protocol/node';
import { soundCluster as cluster } from '../../support/cluster.ts';
import { type Editor, mappingUri, startEditor } from './harness.ts';
import { applyEdits } from '../../support/textEdits.ts';

const everything = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };

async function actionsFor(editor: Editor, diagnostics: readonly Diagnostic[], only?: string[]): Promise<CodeAction[]> {
  const range = diagnostics[0]?.range ?? everything;
  const context = { diagnostics, ...(only !== undefined && { only }) };
  return (await editor.request('textDocument/codeAction', { range, context })) as CodeAction[];
}

function apply(editor: Editor, action: CodeAction | undefined): string {
  const [change] = (action?.edit?.documentChanges ?? []) as TextDocumentEdit[];
  assert.ok(change, 'the action has edits');
  assert.equal(change.textDocument.version, editor.document().version);
  return applyEdits(editor.document().text, change.edits as Parameters<typeof applyEdits>[1]);
}

const padded = cluster.replace('cn-001', ' cn-001').replace('cn-002', 'cn-002 ');

test('a fix repairs its cell and nothing else', async (t) => {
  const editor = await startEditor(t);
  await editor.open(padded);
  const [diagnostic] = await editor.diagnostics();
  assert.ok(diagnostic);
  const [fix] = await actionsFor(editor, [diagnostic]);
  assert.equal(fix?.isPreferred, true);
  assert.equal(fix.kind, 'quickfix');
  assert.deepEqual(
    fix.diagnostics?.map(({ code }) => code),
    [diagnostic.code],
  );
  assert.equal(apply(editor, fix), cluster.replace('cn-002', 'cn-002 '));
});

test('the cursor alone is enough to get fixes', async (t) => {
  const editor = await startEditor(t);
  await editor.open(padded);
  const [diagnostic] = await editor.diagnostics();
  const start = diagnostic?.range.start;
  const actions = (await editor.request('textDocument/codeAction', {
    range: { start, end: start },
    context: { diagnostics: [] },
  })) as CodeAction[];
  assert.equal(apply(editor, actions[0]), cluster.replace('cn-002', 'cn-002 '));
});

test('all problems of one kind can be fixed at once', async (t) => {
  const editor = await startEditor(t);
  await editor.open(padded.replace('04:00:00:00:01:01', '04-00:00:00:01:01'));
  const diagnostics = await editor.diagnostics();
  const blanks = diagnostics.filter(({ code }) => code === 'surrounding-blanks');
  const actions = await actionsFor(editor, blanks.slice(0, 1));
  const all = actions.find(({ title }) => title === 'Fix all problems of this kind in this file');
  const resolved = await editor.connection.sendRequest<CodeAction>('codeAction/resolve', all);
  assert.equal(apply(editor, resolved), cluster.replace('04:00:00:00:01:01', '04-00:00:00:01:01'));
});

test('fix on save repairs everything that is safe', async (t) => {
  const editor = await startEditor(t);
  await editor.open(padded.replace('04:00:00:00:01:01', '04-00:00:00:01:01'));
  await editor.diagnostics();
  const [action, ...more] = await actionsFor(editor, [], ['source.fixAll']);
  assert.equal(action?.kind, 'source.fixAll.buildstream');
  assert.deepEqual(more, []);
  assert.equal(apply(editor, action), cluster);
});

test('a sound file has nothing to fix on save', async (t) => {
  const editor = await startEditor(t);
  await editor.open(cluster);
  await editor.diagnostics();
  assert.deepEqual(await actionsFor(editor, [], ['source.fixAll.buildstream']), []);
});

test('a byte order mark is removed by saving', async (t) => {
  const editor = await startEditor(t);
  await editor.open(cluster);
  await editor.connection.sendNotification('buildstream/documentEncoding', { uri: mappingUri, encoding: 'utf8bom' });
  const diagnostics = await editor.diagnosticsWhere((found) => found.length > 0);
  const [fix] = await actionsFor(editor, diagnostics);
  assert.deepEqual([fix?.command?.command, fix?.command?.arguments], ['buildstream.saveAsUtf8', [mappingUri]]);
  assert.equal(fix?.edit, undefined);
});

test('each rule can be configured and read about from its problem', async (t) => {
  const editor = await startEditor(t);
  await editor.open(padded);
  const actions = await actionsFor(editor, (await editor.diagnostics()).slice(0, 1));
  const commands = actions.flatMap(({ command }) =>
    command === undefined ? [] : [[command.command, command.arguments]],
  );
  assert.deepEqual(commands, [
    ['buildstream.setRuleSeverity', ['surrounding-blanks']],
    ['buildstream.openRuleDocs', ['surrounding-blanks']],
  ]);
});

test('an editor that cannot ask again gets the edits at once', async (t) => {
  const editor = await startEditor(t, { capabilities: {} });
  await editor.open(padded);
  const actions = await actionsFor(editor, (await editor.diagnostics()).slice(0, 1));
  const all = actions.find(({ title }) => title === 'Fix all auto-fixable problems');
  assert.equal(applyEdits(padded, all?.edit?.changes?.[mappingUri] ?? []), cluster);
});

test('other kinds of actions are not answered', async (t) => {
  const editor = await startEditor(t);
  await editor.open(padded);
  await editor.diagnostics();
  assert.deepEqual(await actionsFor(editor, [], ['refactor']), []);
});

async function titlesFor(editor: Editor, triggerKind: 1 | 2): Promise<string[]> {
  const [diagnostic = assert.fail('no finding')] = await editor.diagnostics();
  const context = { diagnostics: [diagnostic], triggerKind };
  const found = await editor.request('textDocument/codeAction', { range: diagnostic.range, context });
  return ((found ?? []) as CodeAction[]).map(({ title }) => title);
}

test('a light bulb has a fix in it; whoever asks gets what can be done about the rule all the same', async (t) => {
  const editor = await startEditor(t);
  // Only the machine itself can tell its tag.
  await editor.open(cluster.replace('COMP002', 'COMP001'));
  assert.deepEqual(await titlesFor(editor, 2), []);
  assert.match((await titlesFor(editor, 1)).join('\n'), /dup-service-tag/);
  await editor.replace('cn-001', ' cn-001');
  assert.notDeepEqual(await titlesFor(editor, 2), []);
});
