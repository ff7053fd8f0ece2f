import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DiagnosticTag } from 'vscode-languageserver-protocol/node';
import { soundCluster as cluster, fileOf, header, node1, node2, rows } from '../../support/cluster.ts';
import { mappingUri, startEditor, summary } from './harness.ts';
import { positionAt } from '../../support/csvText.ts';

test('a sound file has no diagnostics', async (t) => {
  const editor = await startEditor(t);
  await editor.open(cluster);
  assert.deepEqual(summary(await editor.diagnostics()), []);
});

test('a fault is on its cell, with source, code, page and the other place', async (t) => {
  const editor = await startEditor(t);
  await editor.open(fileOf(header, ...rows, node2.replace('COMP002', 'COMP003').replace('cn-002', 'cn-001')));
  const found = (await editor.diagnostics()).find(({ code }) => code === 'dup-hostname');
  assert.deepEqual(found?.range, { start: { line: 6, character: 39 }, end: { line: 6, character: 45 } });
  assert.equal(found.source, 'BuildStreaM');
  assert.match(found.codeDescription?.href ?? '', /docs\/rules\/dup-hostname\.md$/);
  assert.equal(found.relatedInformation?.[0]?.location.range.start.line, 4);
});

test('a repaired cell loses its diagnostic', async (t) => {
  const editor = await startEditor(t);
  await editor.open(cluster.replace('10.5.0.14', '10.5.0'));
  assert.deepEqual(summary(await editor.diagnostics()), ['bad-ipv4 4:64-4:70']);
  await editor.replace('10.5.0,', '10.5.0.14,');
  assert.deepEqual(summary(await editor.diagnostics()), []);
});

test('the values of an unknown column are shown faded', async (t) => {
  const editor = await startEditor(t);
  await editor.open(fileOf(`${header},RACK`, ...rows.map((row) => `${row},7`)));
  const [found] = await editor.diagnostics();
  assert.equal(found?.code, 'unknown-column');
  assert.deepEqual(found.tags, [DiagnosticTag.Unnecessary]);
});

test('a closed file keeps no diagnostics', async (t) => {
  const editor = await startEditor(t);
  await editor.open(fileOf(header, node1, node1));
  assert.notEqual((await editor.diagnostics()).length, 0);
  await editor.close();
  await editor.diagnosticsWhere((diagnostics) => diagnostics.length === 0);
});

test('of too many problems the gravest are published, and the totals told', async (t) => {
  const editor = await startEditor(t);
  const warned = Array.from({ length: 3_000 }, (_, i) => node1.replace('COMP001', `AAAA${String(i).padStart(3, '0')}`));
  await editor.open(fileOf(header, ...warned, node1.replace('04:00', 'xx:yy')));
  const diagnostics = await editor.diagnostics();
  const status = await editor.status();
  assert.equal(diagnostics.length, 1_000);
  assert.equal(status.published, 1_000);
  assert.equal(status.total, status.errors + status.warnings + status.hints);
  assert.ok(status.errors > 1_000);
  assert.ok(diagnostics.every(({ severity }) => severity === 1));
});

test('any sequence of edits gives the diagnostics of the resulting text', async (t) => {
  const editor = await startEditor(t);
  await editor.open(cluster);
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const pieces = ['', ',', '"', '\n', '\r\n', 'x', '#', ' ', node1, 'grp3', '10.5.0.14', `${node2}\n`];
  for (let round = 0; round < 150; round++) {
    const { text } = editor.document();
    const from = random(text.length + 1);
    const to = Math.min(text.length, from + random(4) * random(30));
    const newText = pieces[random(pieces.length)] ?? '';
    await editor.edit([{ range: { start: positionAt(text, from), end: positionAt(text, to) }, newText }]);
    if (round % 10 !== 9) continue;
    const incremental = await editor.diagnostics();
    const other = `${mappingUri}.${String(round)}.csv`;
    await editor.open(editor.document().text, other);
    const fresh = await editor.diagnostics(other);
    assert.deepEqual(summary(incremental), summary(fresh));
    await editor.close(other);
  }
});

test('a change that replaces the whole text is understood', async (t) => {
  const editor = await startEditor(t);
  await editor.open('nonsense');
  await editor.connection.sendNotification('textDocument/didChange', {
    textDocument: { uri: mappingUri, version: 2 },
    contentChanges: [{ text: cluster }],
  });
  await editor.until(() => editor.published.find(({ version }) => version === 2));
  assert.deepEqual(summary(editor.published.at(-1)?.diagnostics ?? []), []);
});

test('positions far outside the text do no harm', async (t) => {
  const editor = await startEditor(t);
  await editor.open(cluster);
  const far = { line: 99_999, character: 99_999 };
  await editor.edit([{ range: { start: far, end: far }, newText: 'x' }]);
  assert.notEqual((await editor.diagnostics()).length, 0);
  for (const method of ['hover', 'completion', 'definition', 'documentHighlight', 'prepareRename']) {
    await editor.request(`textDocument/${method}`, { position: far }).catch((error: unknown) => {
      assert.equal(method, 'prepareRename', String(error));
    });
  }
});
