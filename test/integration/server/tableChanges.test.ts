import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TablePads } from '@omnia-buildstream/core/language/alignment';
import type { TableChange } from '@omnia-buildstream/core/editing/tableChange';
import type { GroupFacts } from '@omnia-buildstream/core/editing/groupFacts';
import { validFile } from '../../support/editing/validFile.ts';
import { mappingUri, startEditor } from './harness.ts';

const text = validFile('2.2', 4);

test('an action on many rows is answered for the version of the document that it was chosen for', async (t) => {
  const editor = await startEditor(t);
  await editor.open(text);
  await editor.diagnostics();
  const action = { kind: 'paste', text: (text.split('\n')[2] ?? '').replaceAll(',', '\t') };
  const ask = (version: number): Promise<TableChange | null> =>
    editor.connection.sendRequest('buildstream/changeTable', { uri: mappingUri, version, action });
  assert.equal((await ask(1))?.count, 1);
  assert.equal(await ask(7), null);
});

test('cells, the column of a position and the groups of the file are told', async (t) => {
  const editor = await startEditor(t);
  await editor.open(text);
  await editor.diagnostics();
  const at = { line: 2, character: 0 };
  const cells = (want: string): Promise<unknown[]> =>
    editor.connection.sendRequest('buildstream/cells', { uri: mappingUri, at, want });
  assert.equal((await cells('column')).length, 4);
  assert.deepEqual(await cells('next'), [{ start: { line: 2, character: 18 }, end: { line: 2, character: 22 } }]);
  const column: { name: string; meaning: string } = await editor.connection.sendRequest('buildstream/column', {
    uri: mappingUri,
    at,
  });
  assert.equal(column.name, 'FUNCTIONAL_GROUP_NAME');
  assert.match(column.meaning, /^Role and architecture of the node\. /);
  const groups: readonly GroupFacts[] = await editor.connection.sendRequest('buildstream/groups', { uri: mappingUri });
  assert.deepEqual(
    groups.map(({ name, count, starts }) => [name, count, starts.BMC_IP]),
    [
      ['grp0', 1, '172.17.0.1'],
      ['grp1', 3, '172.17.0.2'],
    ],
  );
  const range = { start: { line: 0, character: 0 }, end: { line: 4, character: 0 } };
  const pads: TablePads = await editor.connection.sendRequest('buildstream/pads', { uri: mappingUri, range });
  assert.ok(pads.header.length > 0);
  assert.ok(pads.rows.length > 0);
});
