import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import { addRow } from '@omnia-buildstream/core/nodes/addRow';
import { findNodes } from '@omnia-buildstream/core/nodes/findNodes';
import { groupRuns } from '@omnia-buildstream/core/language/nodes/groupRuns';
import { failedPlacesFor, mappingPlacesFor } from '@omnia-buildstream/core/nodes/projectPlaces';
import { cluster, fileOf, header, node1, node2, rows } from '../../support/cluster.ts';
import { entry1, failedNodesText } from '../../support/failedNodesText.ts';
import { modelAt } from '../../support/modelAt.ts';
import { applyEdits } from '../../support/textEdits.ts';

const orphan = { ...entry1, bmc_ip: '10.6.0.99', hostname: 'cn-099', service_tag: 'COMP099', admin_ip: '10.5.0.99' };

function withRow(text: string): string | undefined {
  const [entry] = readFailedNodesDocument(failedNodesText(orphan)).entries;
  assert.ok(entry);
  const edit = addRow(modelAt(text).model, entry);
  return edit === undefined ? undefined : applyEdits(text, [edit]);
}

const added = 'slurm_node_x86_64,grp3,COMP099,KNODE01,cn-099,,10.5.0.99,,10.6.0.99';

test('a row for an orphan has what is known, and the group of the row above', () => {
  assert.equal(withRow(cluster), `${cluster}${added}\n`);
});

test('the row goes before blank lines and keeps the line ends of the file', () => {
  const text = `${cluster.replaceAll('\n', '\r\n')}\r\n`;
  assert.equal(withRow(text), `${cluster.replaceAll('\n', '\r\n')}${added}\r\n\r\n`);
  assert.equal(withRow(cluster.trimEnd()), `${cluster.trimEnd()}\n${added}`);
});

test('a file without rows gets one after its header, a file without header none', () => {
  assert.equal(withRow(header), `${header}\n,,COMP099,,cn-099,,10.5.0.99,,10.6.0.99`);
  assert.equal(withRow(''), undefined);
});

test('hostnames are found by their beginning, their middle and scattered characters, in this order', () => {
  const { model } = modelAt(cluster);
  const find = (query: string): string[] => findNodes(model, query, 9).map(({ text }) => text.HOSTNAME);
  assert.deepEqual(find('CN-001'), ['cn-001']);
  assert.deepEqual(find('cn'), ['cn-001', 'cn-002']);
  assert.deepEqual(find('k1'), ['kcp1', 'kn1']);
  assert.deepEqual(find('1'), ['kcp1', 'kn1', 'slurm1', 'cn-001']);
  assert.deepEqual(find('xyz'), []);
  assert.equal(findNodes(model, '', 2).length, 2);
});

test('a run of a group begins with its first row, also after another group', () => {
  const { model } = modelAt(fileOf(header, node1, '', '# more', node2, ...rows.slice(0, 1), node1));
  assert.deepEqual(
    groupRuns(model).map(({ group, index }) => `${group} ${String(index)}`),
    ['grp3 1', 'grp0 5', 'grp3 6'],
  );
});

test('the files of a project are found for each other', () => {
  assert.equal(failedPlacesFor('/p/input/pxe_mapping_file.csv')[0], '../miscellaneous/failed_nodes.json');
  assert.equal(
    failedPlacesFor('/p/input/orchestrator/pxe_mapping_file.csv')[0],
    '../../miscellaneous/failed_nodes.json',
  );
  assert.equal(failedPlacesFor('/p/pxe_mapping_file.csv')[0], 'miscellaneous/failed_nodes.json');
  assert.ok(failedPlacesFor('/p/input/pxe_mapping_file.csv').includes('failed_nodes.json'));
  assert.deepEqual(mappingPlacesFor('/p/miscellaneous/failed_nodes.json').slice(0, 2), [
    '../input/pxe_mapping_file.csv',
    '../input/orchestrator/pxe_mapping_file.csv',
  ]);
  assert.ok(mappingPlacesFor('/p/failed_nodes.json').includes('pxe_mapping_file.csv'));
});

test('the list of the stage engine is found where its state lies, after those of Omnia', () => {
  const places = failedPlacesFor('/p/input/pxe_mapping_file.csv');
  assert.ok(places.indexOf('../.buildstream/restart/failed_nodes.json') > 1);
  assert.equal(mappingPlacesFor('/p/.buildstream/restart/failed_nodes.json')[0], '../../input/pxe_mapping_file.csv');
});
