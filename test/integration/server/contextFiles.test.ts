import assert from 'node:assert/strict';
import { test } from 'node:test';
import { soundRows, soundCluster as cluster } from '../../support/cluster.ts';
import { type Editor, mappingUri, startEditor, summary, workspace } from './harness.ts';

const networkUri = `${workspace}/network_spec.yml`;

function networkSpec(oim: string): string {
  return `Networks:\n- admin_network:\n    primary_oim_admin_ip: ${oim}\n    netmask_bits: "24"\n`;
}

const outside = 'ip-outside-admin-subnets';

function waitFor(editor: Editor, code: string, uri = mappingUri): Promise<unknown> {
  return editor.diagnosticsWhere((found) => found.some((diagnostic) => diagnostic.code === code), uri);
}

test('addresses are checked with the network_spec.yml beside the file', async (t) => {
  const editor = await startEditor(t, { files: { [networkUri]: networkSpec('10.9.0.1') } });
  await editor.open(cluster);
  assert.equal(
    summary(await editor.diagnostics()).filter((found) => found.startsWith(outside)).length,
    soundRows.length,
  );
});

test('without network_spec.yml nothing is said about subnets, and the status tells why', async (t) => {
  const editor = await startEditor(t);
  await editor.open(cluster);
  const { skipped } = await editor.status();
  assert.ok(skipped.some(({ code, needs }) => code === outside && needs === 'network'));
});

test('files of the input folder hold for orchestrator/ below it', async (t) => {
  const uri = `${workspace}/input/orchestrator/pxe_mapping_file.csv`;
  const files = { [`${workspace}/input/software_config.json`]: '{"softwares": []}' };
  const editor = await startEditor(t, { files, settings: { omniaVersion: '2.2' } });
  await editor.open(cluster, uri);
  await waitFor(editor, 'software-missing', uri);
});

test('files of the workspace folder hold for any file in it', async (t) => {
  const uri = `${workspace}/deep/down/pxe_mapping_file.csv`;
  const editor = await startEditor(t, { files: { [networkUri]: networkSpec('10.9.0.1') } });
  await editor.open(cluster, uri);
  await waitFor(editor, outside, uri);
});

test('an unsaved network_spec.yml counts before the one on disk', async (t) => {
  const editor = await startEditor(t, { files: { [networkUri]: networkSpec('10.5.0.1') } });
  await editor.open(cluster);
  assert.deepEqual(summary(await editor.diagnostics()), []);
  await editor.open(networkSpec('10.5.0.1'), networkUri, 'yaml');
  await editor.replace('10.5.0.1', '10.9.0.1', networkUri);
  await waitFor(editor, outside);
  await editor.close(networkUri);
  await editor.diagnosticsWhere((found) => found.length === 0);
});

test('a file that changes on disk is read again', async (t) => {
  const editor = await startEditor(t, { files: { [networkUri]: networkSpec('10.5.0.1') } });
  await editor.open(cluster);
  assert.deepEqual(summary(await editor.diagnostics()), []);
  editor.files.set(networkUri, networkSpec('10.9.0.1'));
  await editor.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: networkUri, type: 2 }],
  });
  await waitFor(editor, outside);
});

test('a broken file says so itself, once, and until it is repaired or no longer needed', async (t) => {
  const editor = await startEditor(t, { files: { [networkUri]: 'Networks: [' } });
  await editor.open(cluster);
  await editor.open(cluster, `${workspace}/other.csv`);
  await waitFor(editor, 'network-spec-invalid', networkUri);
  await editor.diagnostics(`${workspace}/other.csv`);
  assert.equal(editor.published.filter(({ uri }) => uri === networkUri).length, 1);
  await editor.close();
  await editor.close(`${workspace}/other.csv`);
  await editor.diagnosticsWhere((found) => found.length === 0, networkUri);
});

test('the catalog that orchestrator_config.yml names is used when it lies in the workspace', async (t) => {
  const uri = `${workspace}/input/orchestrator/pxe_mapping_file.csv`;
  const layers = '{"catalog": {"functionallayer": [{"name": "os_x86_64"}]}}';
  const files = {
    [`${workspace}/input/orchestrator/orchestrator_config.yml`]: 'catalog_file_path: ../../catalogs/mine.json\n',
    [`${workspace}/catalogs/mine.json`]: layers,
  };
  const editor = await startEditor(t, { files });
  await editor.open(cluster, uri);
  await editor.diagnostics(uri);
  const { skipped } = await editor.until(() => editor.statuses.at(-1));
  assert.ok(!skipped.some(({ needs }) => needs === 'catalog'));
});

test('in a virtual workspace the client reads the files', async (t) => {
  const folder = 'vscode-vfs://github/org/project';
  const virtualFiles = { [`${folder}/network_spec.yml`]: networkSpec('10.9.0.1') };
  const editor = await startEditor(t, { folders: [folder], virtualFiles });
  await editor.open(cluster, `${folder}/pxe_mapping_file.csv`);
  await waitFor(editor, outside, `${folder}/pxe_mapping_file.csv`);
});

test('an unsaved file without folder is checked by itself', async (t) => {
  const editor = await startEditor(t);
  await editor.open(cluster, 'untitled:Untitled-1');
  assert.deepEqual(summary(await editor.diagnostics('untitled:Untitled-1')), []);
});

test('a broken file is told at the level that the user gave its code, and not at all when that is off', async (t) => {
  const settings = { rules: { 'network-spec-invalid': 'info' } };
  const editor = await startEditor(t, { files: { [networkUri]: 'Networks: [' }, settings });
  await editor.open(cluster);
  await editor.diagnosticsWhere((found) => found.some(({ severity }) => severity === 3), networkUri);
  editor.settings = { rules: { 'network-spec-invalid': 'off' } };
  await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
  await editor.diagnosticsWhere((found) => found.length === 0, networkUri);
});
