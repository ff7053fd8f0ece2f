import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CompletionList, Hover } from 'vscode-languageserver-protocol/node';
import { soundCluster as cluster } from '../../support/cluster.ts';
import { mappingUri, startEditor, workspace } from './harness.ts';

const siteUri = `${workspace}/buildstream.yml`;
const doubled = cluster.replace('cn-002', 'cn-001');

test('buildstream.yml gives version and levels, and settings take precedence', async (t) => {
  const files = { [siteUri]: 'omniaVersion: 2.1\nrules: { dup-hostname: hint }\n' };
  const editor = await startEditor(t, { files });
  await editor.open(doubled);
  const [first] = await editor.diagnosticsWhere((found) => found.some(({ code }) => code === 'dup-hostname'));
  assert.equal(first?.severity, 4);
  const { version, source } = await editor.status();
  assert.deepEqual([version, source], ['2.1', 'site']);
  editor.settings = { rules: { 'dup-hostname': 'info' } };
  await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await editor.diagnosticsWhere((found) => found.some(({ severity }) => severity === 3));
});

test('what is wrong in it is marked, also before it is opened and while it is typed', async (t) => {
  const editor = await startEditor(t, { files: { [siteUri]: 'canry: 4\n' } });
  await editor.open(cluster);
  const isTold = (what: string) => (found: readonly { readonly message: unknown }[]) =>
    found.some(({ message }) => String(message).includes(what));
  await editor.diagnosticsWhere(isTold('Did you mean "canary"?'), siteUri);
  await editor.open('canary: 4\nreport: udp:1\n', siteUri, 'yaml');
  const [fault] = await editor.diagnosticsWhere(isTold('"report" takes'), siteUri);
  assert.deepEqual(fault?.range.start, { line: 1, character: 8 });
  await editor.replace('udp:1', 'tcp:22', siteUri);
  await editor.diagnosticsWhere((found) => found.length === 0, siteUri);
});

test('unsaved changes of it count at once for the files of its project', async (t) => {
  const editor = await startEditor(t);
  await editor.open(doubled);
  await editor.diagnosticsWhere((found) => found.some(({ severity }) => severity === 1), mappingUri);
  await editor.open('rules: { dup-hostname: hint }\n', siteUri, 'yaml');
  await editor.diagnosticsWhere((found) => found.some(({ severity }) => severity === 4), mappingUri);
});

test('keys and values are offered and explained', async (t) => {
  const editor = await startEditor(t);
  const position = await editor.open('report: tcp:22\n|can\n', siteUri, 'yaml');
  const textDocument = { uri: siteUri };
  const list = await editor.connection.sendRequest<CompletionList>('textDocument/completion', {
    textDocument,
    position,
  });
  const labels = list.items.map(({ label }) => label);
  assert.ok(labels.includes('canary') && !labels.includes('report'));
  const hover = await editor.connection.sendRequest<Hover>('textDocument/hover', {
    textDocument,
    position: { line: 0, character: 2 },
  });
  assert.match(JSON.stringify(hover.contents), /How a node tells that it has booted/);
});
