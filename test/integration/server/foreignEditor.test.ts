import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeAction, CodeLens, Hover } from 'vscode-languageserver-protocol/node';
import { cluster } from '../../support/cluster.ts';
import { bothFailed } from '../../support/failedNodesText.ts';
import { type Editor, type EditorOptions, failedUri, startEditor, workspace } from './harness.ts';

const inputUri = `${workspace}/input/pxe_mapping_file.csv`;
const files = { [inputUri]: cluster, [failedUri]: bothFailed };

/** An editor without our extension, limited to what LSP offers. */
function foreignEditor(t: Parameters<typeof startEditor>[0], options: EditorOptions = {}): Promise<Editor> {
  const capabilities = { window: { showDocument: { support: true } }, workspace: { applyEdit: true } };
  return startEditor(t, { files, isForeign: true, capabilities, ...options });
}

const run = (editor: Editor, command: string, ...args: unknown[]): Promise<unknown> =>
  editor.connection.sendRequest('workspace/executeCommand', { command, arguments: args });

test('the server tells which commands it carries out, and an editor of ours carries them out itself', async (t) => {
  const commands = [
    'buildstream.markSuccessful',
    'buildstream.markFailed',
    'buildstream.showInMapping',
    'buildstream.showPlan',
  ];
  const foreign = await foreignEditor(t);
  assert.deepEqual(foreign.serverCapabilities.executeCommandProvider, { commands });
  const ours = await startEditor(t, { files });
  assert.equal(ours.serverCapabilities.executeCommandProvider, undefined);
});

test('findings have no link, since their pages come with the extension, and no light bulb that nobody carries out', async (t) => {
  const editor = await foreignEditor(t);
  const at = await editor.open(cluster.replace('10.6.0.15', '10.6.0.1|4'), inputUri, 'csv');
  const found = await editor.diagnostics(inputUri);
  assert.ok(found.some(({ code }) => code === 'dup-bmc-ip'));
  assert.equal(JSON.stringify(found).includes('http'), false);
  const hover = (await editor.request('textDocument/hover', { position: at }, inputUri)) as Hover;
  assert.match(JSON.stringify(hover.contents), /`dup-bmc-ip`/);
  const context = { diagnostics: [] };
  const actions = (await editor.request(
    'textDocument/codeAction',
    { range: { start: at, end: at }, context },
    inputUri,
  )) as CodeAction[];
  assert.deepEqual(
    actions.flatMap(({ command }) => command?.command ?? []),
    [],
  );
});

test('it hears nothing beyond LSP', async (t) => {
  const editor = await foreignEditor(t);
  await editor.open(cluster, inputUri, 'csv');
  await editor.diagnostics(inputUri);
  await editor.replace('cn-001', 'cn-009', inputUri);
  await editor.diagnostics(inputUri);
  assert.deepEqual([editor.statuses, editor.nodesChanges], [[], []]);
});

test('any other CSV that a person opens is left alone', async (t) => {
  const editor = await foreignEditor(t);
  const other = `${workspace}/input/sales.csv`;
  await editor.open('a,b\n1,2\n', other, 'csv');
  await editor.open(cluster, inputUri, 'csv');
  await editor.diagnostics(inputUri);
  assert.equal(
    editor.published.some(({ uri }) => uri === other),
    false,
  );
});

test('the lenses of a list can be clicked: nodes are marked by an edit, and the mark taken back', async (t) => {
  const editor = await foreignEditor(t);
  await editor.open(cluster, inputUri, 'csv');
  await editor.openFailedNodes(bothFailed);
  const lenses = (await editor.request('textDocument/codeLens', {}, failedUri)) as CodeLens[];
  const mark = lenses.find(({ command }) => command?.command === 'buildstream.markSuccessful')?.command;
  assert.ok(mark);
  assert.equal(await run(editor, mark.command, ...((mark.arguments ?? []) as unknown[])), true);
  const once = editor.document(failedUri).text;
  assert.equal(once.split('"success"').length, 2);
  assert.equal(await run(editor, 'buildstream.markSuccessful', failedUri, 'all'), true);
  assert.equal(editor.document(failedUri).text, bothFailed.replaceAll('"failed"', '"success"'));
  assert.equal(await run(editor, 'buildstream.markFailed', failedUri, 'all'), true);
  assert.equal(editor.document(failedUri).text, bothFailed);
  assert.equal(await run(editor, 'buildstream.markFailed', failedUri, 'all'), false);
});

test('the row of a node is opened', async (t) => {
  const editor = await foreignEditor(t);
  await editor.openFailedNodes(bothFailed);
  await run(editor, 'buildstream.showInMapping', '10.6.0.15', failedUri);
  const line = cluster.split('\n').findIndex((row) => row.includes('10.6.0.15')) + 1;
  assert.deepEqual(editor.shown, [`${inputUri}:${String(line)}`]);
});

test('the plan is shown with its headline, and knows rows that git has not seen, committed meanwhile or not', async (t) => {
  let committed = cluster.replace(/^.*10\.6\.0\.12.*\n/m, '');
  const editor = await foreignEditor(t, {
    committed: (uri) => Promise.resolve(uri === inputUri ? committed : undefined),
  });
  await editor.open(cluster, inputUri, 'csv');
  const first = (await run(editor, 'buildstream.showPlan', inputUri)) as { markdown: string };
  const headline = await editor.until(() => editor.shown.at(-1));
  assert.ok(first.markdown.replaceAll('\\', '').includes(headline), `${headline}\n${first.markdown}`);
  committed = cluster;
  const second = (await run(editor, 'buildstream.showPlan', inputUri)) as { markdown: string };
  assert.notEqual(second.markdown, first.markdown);
});

test('whatever is given to a command, what cannot be done is refused in words', async (t) => {
  const editor = await foreignEditor(t, { files: {} });
  const refused: readonly (readonly [RegExp, string, ...unknown[]])[] = [
    [/There is no command "buildstream\.openRuleDocs"/, 'buildstream.openRuleDocs', 'dup-bmc-ip'],
    [/There is no command "__proto__"/, '__proto__'],
    [/arguments that it does not know/, 'buildstream.markSuccessful'],
    [/arguments that it does not know/, 'buildstream.markSuccessful', failedUri, [1]],
    [/arguments that it does not know/, 'buildstream.showInMapping', {}, null],
    [/arguments that it does not know/, 'buildstream.showPlan', 7],
    [/No failed_nodes\.json was found/, 'buildstream.markSuccessful', failedUri, 'all'],
    [/No mapping file was found/, 'buildstream.showPlan'],
    [/has no row for 10\.6\.0\.15/, 'buildstream.showInMapping', '10.6.0.15', failedUri],
  ];
  for (const [words, command, ...args] of refused) await assert.rejects(run(editor, command, ...args), words);
});
