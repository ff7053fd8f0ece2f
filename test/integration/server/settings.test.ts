import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dupHostname } from '@omnia-buildstream/core/rules/dupHostname';
import { soundCluster as cluster, fileOf, header, node1, soundRows } from '../../support/cluster.ts';
import { mappingUri, startEditor, summary, workspace } from './harness.ts';

async function change(
  editor: Awaited<ReturnType<typeof startEditor>>,
  settings: Record<string, unknown>,
): Promise<void> {
  editor.settings = settings;
  await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
}

test('without a hint in the file, version 2.2 is assumed and the status says so', async (t) => {
  const editor = await startEditor(t);
  await editor.open(cluster);
  const { version, source, rows: count, total } = await editor.status();
  assert.deepEqual(
    { version, source, count, total },
    { version: '2.2', source: 'default', count: soundRows.length, total: 0 },
  );
});

test('the folder of a 2.3 project decides the version', async (t) => {
  const editor = await startEditor(t);
  const uri = `${workspace}/input/orchestrator/pxe_mapping_file.csv`;
  await editor.open(cluster, uri);
  assert.deepEqual(
    summary(await editor.diagnostics(uri)).map((found) => found.split(' ')[0]),
    ['header-contract'],
  );
  const status = await editor.until(() => editor.statuses.at(-1));
  assert.deepEqual([status.version, status.source, status.reason], ['2.3', 'detected', 'project-folder']);
});

test('the version follows the header while it is typed', async (t) => {
  const editor = await startEditor(t);
  await editor.open(fileOf(`${header},IB_NIC_NAME,IB_IP`, ...soundRows.map((row) => `${row},,`)));
  assert.equal((await editor.status()).reason, 'infiniband-columns');
  await editor.replace('IB_IP', 'IB_IPV4');
  await editor.diagnostics();
  const status = await editor.until(() => editor.statuses.find(({ version }) => version === 'next'));
  assert.equal(status.reason, 'ipv6-columns');
});

test('a version in the settings wins', async (t) => {
  const editor = await startEditor(t, { settings: { omniaVersion: '2.3' } });
  await editor.open(cluster);
  const { version, source } = await editor.status();
  assert.deepEqual([version, source], ['2.3', 'setting']);
});

test('the level of a rule can be changed and the rule be switched off', async (t) => {
  const editor = await startEditor(t, { settings: { rules: { 'dup-hostname': 'hint' } } });
  await editor.open(cluster.replace('cn-002', 'cn-001'));
  assert.deepEqual(
    (await editor.diagnostics()).map(({ code, severity }) => [code, severity]),
    [['dup-hostname', 4]],
  );
  await change(editor, { rules: { 'dup-hostname': 'off' } });
  await editor.diagnosticsWhere((diagnostics) => diagnostics.length === 0);
});

test('nonsense in the settings counts as not set', async (t) => {
  const editor = await startEditor(t, { settings: { omniaVersion: 9, rules: ['x'], context: 'y', mapping: null } });
  await editor.open(cluster);
  assert.equal((await editor.status()).version, '2.2');
});

test('where the share lies is a setting; without it the check is reported as skipped', async (t) => {
  const editor = await startEditor(t);
  const aarch64 = node1.replace('x86_64', 'aarch64');
  await editor.open(fileOf(header, aarch64));
  const { skipped } = await editor.status();
  assert.ok(skipped.some(({ code, needs }) => code === 'aarch64-needs-nfs-share' && needs === 'share'));
  await change(editor, { context: { omniaShare: 'local' } });
  await editor.diagnosticsWhere((found) => found.some(({ code }) => code === 'aarch64-needs-nfs-share'));
});

test('an editor without configuration gets the defaults', async (t) => {
  const editor = await startEditor(t, { capabilities: {}, settings: { omniaVersion: '2.3' } });
  await editor.open(cluster);
  assert.equal((await editor.status()).version, '2.2');
});

test('the wording comes from the bundle that the client gives', async (t) => {
  const templates = Object.values(dupHostname.messages);
  const l10nBundle = Object.fromEntries(templates.map((template) => [template, 'Doppelt: {value}']));
  const editor = await startEditor(t, { l10nBundle });
  await editor.open(cluster.replace('cn-002', 'cn-001'));
  assert.deepEqual(
    (await editor.diagnostics()).map(({ message }) => message),
    ['Doppelt: cn-001'],
  );
});

test('a byte order mark that the editor hides is a fault in 2.2', async (t) => {
  const editor = await startEditor(t);
  await editor.open(cluster);
  await editor.connection.sendNotification('buildstream/documentEncoding', { uri: mappingUri, encoding: 'utf8bom' });
  await editor.diagnosticsWhere((found) => found.some(({ code }) => code === 'missing-column'));
  await editor.connection.sendNotification('buildstream/documentEncoding', { uri: mappingUri, encoding: 'utf8' });
  await editor.diagnosticsWhere((found) => found.length === 0);
});

test('another encoding than UTF-8 is a fault', async (t) => {
  const editor = await startEditor(t);
  await editor.open(cluster);
  await editor.connection.sendNotification('buildstream/documentEncoding', { uri: mappingUri, encoding: 'utf16le' });
  const found = await editor.diagnosticsWhere((diagnostics) => diagnostics.length > 0);
  assert.deepEqual(
    found.map(({ code }) => code),
    ['not-utf8'],
  );
});

test('columns are aligned as soon as the user wants it', async (t) => {
  const editor = await startEditor(t);
  await editor.open(cluster);
  await editor.diagnostics();
  await change(editor, { mapping: { alignColumns: true } });
  await editor.until(() => (editor.inlayRefreshes > 0 ? true : undefined));
});
