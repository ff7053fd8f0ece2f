import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maxDiagnostics } from '@omnia-buildstream/server/diagnostics/diagnostics';
import { cluster, fileOf, header, node1 } from '../../support/cluster.ts';
import { bothFailed, entry1, entry2, failedNodesText } from '../../support/failedNodesText.ts';
import { type Editor, failedUri, mappingUri, startEditor, summary, workspace } from './harness.ts';

const orphans = 'bmc-ip-not-in-mapping';
const inputUri = `${workspace}/input/pxe_mapping_file.csv`;

async function codes(editor: Editor, uri = failedUri): Promise<unknown[]> {
  return (await editor.diagnostics(uri)).map(({ code }) => code);
}

function waitFor(editor: Editor, code: string | undefined, uri = failedUri): Promise<unknown> {
  return editor.diagnosticsWhere((found) => found[0]?.code === code, uri);
}

test('the file as Omnia writes it has no diagnostics', async (t) => {
  const editor = await startEditor(t, { files: { [inputUri]: cluster } });
  await editor.openFailedNodes(bothFailed);
  assert.deepEqual(await codes(editor), []);
});

test('a fault is on its value, with source, code, page and severity', async (t) => {
  const editor = await startEditor(t);
  await editor.openFailedNodes(bothFailed.replace('"failed"', '"Failed"'));
  const [found] = await editor.diagnostics(failedUri);
  assert.ok(found);
  assert.deepEqual(summary([found]), ['bad-status 11:22-11:30']);
  assert.equal(found.source, 'BuildStreaM');
  assert.equal(found.severity, 1);
  assert.match(found.codeDescription?.href ?? '', /docs\/rules\/bad-status\.md$/);
});

test('diagnostics follow the typing, and go when the file is closed', async (t) => {
  const editor = await startEditor(t);
  await editor.openFailedNodes(bothFailed);
  assert.deepEqual(await codes(editor), []);
  await editor.replace('"failed"', '"Success"', failedUri);
  assert.deepEqual(await codes(editor), ['bad-status']);
  await editor.close(failedUri);
  await waitFor(editor, undefined);
});

test('the level of a rule can be changed and the rule be switched off', async (t) => {
  const editor = await startEditor(t, { settings: { rules: { 'bad-status': 'hint' } } });
  await editor.openFailedNodes(bothFailed.replace('"failed"', '"Failed"'));
  assert.equal((await editor.diagnostics(failedUri))[0]?.severity, 4);
  editor.settings = { rules: { 'bad-status': 'off' } };
  await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await waitFor(editor, undefined);
});

test('what the editor says about the schema itself is not said twice', async (t) => {
  const editor = await startEditor(t, { builtInJson: true, files: { [inputUri]: fileOf(header) } });
  await editor.openFailedNodes(failedNodesText({ ...entry1, status: 'Failed' }));
  assert.deepEqual(await codes(editor), [orphans]);
  await editor.connection.sendNotification('buildstream/builtInJson', { active: false });
  await editor.diagnosticsWhere((found) => found.length === 2, failedUri);
});

for (const [title, mapping, failed] of [
  ['of a 2.2 project', 'input/pxe_mapping_file.csv', 'miscellaneous/failed_nodes.json'],
  ['of a 2.3 project', 'input/orchestrator/pxe_mapping_file.csv', 'miscellaneous/failed_nodes.json'],
  ['beside it', 'deep/pxe_mapping_file.csv', 'deep/failed_nodes.json'],
  ['in the workspace folder', 'pxe_mapping_file.csv', 'downloads/failed_nodes.json'],
] as const) {
  test(`entries are compared with the mapping file ${title}, on disk or open`, async (t) => {
    const [mappingAt, failedAt] = [`${workspace}/${mapping}`, `${workspace}/${failed}`];
    const editor = await startEditor(t, { files: { [mappingAt]: fileOf(header, node1) } });
    await editor.openFailedNodes(bothFailed, failedAt);
    assert.deepEqual(await codes(editor, failedAt), [orphans]);
    await editor.open(cluster, mappingAt);
    await waitFor(editor, undefined, failedAt);
  });
}

test('the only mapping file that is open is taken, wherever it lies', async (t) => {
  const editor = await startEditor(t);
  await editor.open(fileOf(header, node1), 'file:///elsewhere/nodes.csv');
  await editor.openFailedNodes(bothFailed);
  assert.deepEqual(await codes(editor), [orphans]);
});

test('of two mapping files that lie elsewhere none is taken', async (t) => {
  const editor = await startEditor(t);
  await editor.open(fileOf(header, node1), 'file:///elsewhere/a.csv');
  await editor.open(fileOf(header, node1), 'file:///elsewhere/b.csv');
  await editor.openFailedNodes(bothFailed);
  assert.deepEqual(await codes(editor), []);
});

test('typing in the mapping file checks the entries again', async (t) => {
  const editor = await startEditor(t);
  await editor.open(cluster);
  await editor.openFailedNodes(bothFailed);
  assert.deepEqual(await codes(editor), []);
  await editor.replace('10.6.0.14', '10.6.0.44', mappingUri);
  await waitFor(editor, orphans);
  await editor.close(mappingUri);
  await waitFor(editor, undefined);
});

test('a mapping file that changes on disk checks the entries again', async (t) => {
  const editor = await startEditor(t, { files: { [inputUri]: cluster } });
  await editor.openFailedNodes(bothFailed);
  assert.deepEqual(await codes(editor), []);
  await editor.writeToDisk(inputUri, fileOf(header, node1));
  await waitFor(editor, orphans);
});

test('entries are compared with the committed file', async (t) => {
  const editor = await startEditor(t, { files: { [inputUri]: cluster } });
  await editor.openFailedNodes(failedNodesText(entry1));
  assert.deepEqual(await codes(editor), []);
  await editor.commit(failedUri, bothFailed);
  await waitFor(editor, 'deleted-entry');
  await editor.commit(failedUri, failedNodesText({ ...entry1, status: 'success' }));
  await waitFor(editor, 'status-set-back');
  await editor.commit(failedUri, failedNodesText(entry2));
  await editor.diagnosticsWhere((found) => found.some(({ code }) => code === 'entry-added-by-hand'), failedUri);
  await editor.commit(failedUri, null);
  await waitFor(editor, undefined);
});

test('an editor without watching finds what is on disk when a file is opened', async (t) => {
  const editor = await startEditor(t, { capabilities: {}, files: { [inputUri]: fileOf(header, node1) } });
  await editor.openFailedNodes(bothFailed);
  assert.deepEqual(await codes(editor), [orphans]);
  editor.files.set(inputUri, cluster);
  await editor.close(failedUri);
  await editor.openFailedNodes(bothFailed);
  await waitFor(editor, undefined);
});

test('in a virtual workspace the client reads the mapping file', async (t) => {
  const folder = 'vscode-vfs://github/org/project';
  const virtualFiles = { [`${folder}/input/pxe_mapping_file.csv`]: fileOf(header, node1) };
  const editor = await startEditor(t, { folders: [folder], virtualFiles });
  await editor.openFailedNodes(bothFailed, `${folder}/miscellaneous/failed_nodes.json`);
  assert.deepEqual(await codes(editor, `${folder}/miscellaneous/failed_nodes.json`), [orphans]);
});

test('of too many problems the gravest are published', async (t) => {
  const editor = await startEditor(t, { files: { [inputUri]: cluster } });
  const many = Array.from({ length: 2_500 }, () => ({ ...entry1, hostname: 'other' }));
  await editor.openFailedNodes(failedNodesText(...many, { ...entry1, status: 'Failed' }));
  const found = await editor.diagnostics(failedUri);
  assert.equal(found.length, maxDiagnostics);
  assert.equal(found.at(-1)?.code, 'bad-status');
});
