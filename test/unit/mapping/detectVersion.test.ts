import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectVersion } from '@omnia-buildstream/core/mapping/detectVersion';
import { canonicalHeader, dualStackHeader } from '@omnia-buildstream/core/mapping/columns';
import { header } from '../../support/cluster.ts';
import { modelAt } from '../../support/modelAt.ts';

function detect(path: string, columns: string, roles: string[] = [], groups: string[] = []): string {
  const { version, reason } = detectVersion({ path, layout: modelAt(columns).model.layout, roles, groups });
  return `${version} ${reason}`;
}

const eleven = canonicalHeader.join(',');
const twelve = dualStackHeader.join(',');

for (const [title, found, wanted] of [
  ['nothing to go by', detect('/x/nodes.csv', header), '2.2 nothing'],
  ['the folder input/', detect('/x/input/pxe_mapping_file.csv', header), '2.2 project-folder'],
  ['the folder input/orchestrator/', detect('/x/input/orchestrator/m.csv', eleven), '2.3 project-folder'],
  ['columns after 2.3 in input/orchestrator/', detect('/input/orchestrator/m.csv', twelve), 'next ipv6-columns'],
  ['columns after 2.3', detect('/x/m.csv', twelve), 'next ipv6-columns'],
  ['roles with an OS release', detect('/x/m.csv', eleven, ['slurm_node_rhel_10_0_x86_64']), '2.3os os-release'],
  [
    'roles of the catalog with and without an OS release',
    detect('/x/m.csv', eleven, ['slurm_node_x86_64', 'service_kube_node_rhel_10_0_x86_64']),
    '2.3 os-release',
  ],
  [
    'roles with an OS release beside a role of one’s own',
    detect('/x/m.csv', eleven, ['mine_x86_64', 'slurm_node_rhel_10_0_x86_64']),
    '2.3os os-release',
  ],
  [
    "the management server's folder of 2.3",
    detect('/o/orchestrator/input/project_default/m.csv', eleven),
    '2.3 project-folder',
  ],
  ["the folder in Omnia's sources", detect('/omnia/src/orchestrator/input/m.csv', eleven), '2.3 project-folder'],
  [
    "the management server's folder of 2.2",
    detect('/opt/omnia/input/project_default/m.csv', eleven),
    '2.2 project-folder',
  ],
  ["the data sets of Omnia's tests", detect('/x/datasets/project_default/m.csv', eleven), '2.2 project-folder'],
  ['a folder project_default anywhere else', detect('/x/project_default/m.csv', header), '2.2 nothing'],
  ['the eleven columns, which 2.2 reads too', detect('/x/m.csv', eleven), '2.2 infiniband-columns'],
  ['os roles', detect('/x/m.csv', header, ['os_x86_64']), '2.2 os-role'],
  ['scalable units', detect('/x/m.csv', header, [], ['SUA1']), '2.2 scalable-unit'],
  ['no path', detect('', header), '2.2 nothing'],
] as const) {
  test(`the version is guessed from ${title}`, () => {
    assert.equal(found, wanted);
  });
}
