import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mappingRows } from '@omnia-buildstream/client/pipelines/logs/mappingRows';

const header = 'FUNCTIONAL_GROUP_NAME,GROUP_NAME,SERVICE_TAG,HOSTNAME,ADMIN_IP,BMC_IP';
const text = [
  header,
  '',
  'slurm_node_x86_64,grp0,A,n1,10.0.0.1,10.1.0.1',
  'slurm_node_x86_64,grp0,B,n2,,10.1.0.2',
].join('\n');

test('rows are counted as the version counts them, which the folder tells', () => {
  const rowsIn = (path: string) => [2, 3, 4, 5].map(mappingRows(text, path).lineOfRow);
  assert.deepEqual(rowsIn('/x/input/pxe_mapping_file.csv'), [2, 3, undefined, undefined]);
  assert.deepEqual(rowsIn('/x/input/orchestrator/pxe_mapping_file.csv'), [1, 2, 3, undefined]);
  assert.equal(mappingRows(text, '/x/input/pxe_mapping_file.csv', '2.3').lineOfRow(3), 2);
});

test('a node is found by hostname and addresses', () => {
  const { lineOfNode } = mappingRows(text, '');
  assert.deepEqual(['n1', '10.0.0.1', '10.1.0.2', 'localhost', ''].map(lineOfNode), [2, 2, 3, undefined, undefined]);
});
