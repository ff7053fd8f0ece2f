import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalHeader } from '@omnia-buildstream/core/mapping/columns';
import { detectVersion } from '@omnia-buildstream/core/mapping/detectVersion';
import { severityOf } from '@omnia-buildstream/core/validation/settings';
import { modelAt } from '../../support/modelAt.ts';

/** Forms shown in the documentation of Omnia 2.3 (omnia.md section 1.4), with our own addresses. */
const forms: readonly [title: string, rows: readonly (readonly [role: string, parent: string])[]][] = [
  [
    'roles with and without an OS release in one file',
    [
      ['service_kube_control_plane_rhel_10_0_x86_64', ''],
      ['service_kube_node_rhel_10_0_x86_64', ''],
      ['slurm_control_node_x86_64', ''],
      ['slurm_node_x86_64', 'TAG001'],
    ],
  ],
  [
    'a service_kube_node without parent in the group of the Slurm nodes that it serves',
    [
      ['service_kube_node_rhel_10_0_x86_64', ''],
      ['slurm_node_rhel_10_0_x86_64', 'TAG000'],
      ['slurm_node_rhel_10_0_x86_64', 'TAG000'],
    ],
  ],
];

for (const [title, rows] of forms) {
  test(`${title}: no error and no quarrel about parents, with the detected version`, () => {
    const lines = rows.map(([role, parent], at) => {
      const group = title.startsWith('a service') ? 'grp0' : `grp${String(at)}`;
      const n = String(at + 1);
      const cells = [role, group, `TAG00${String(at)}`, parent, `node${n}`, `02:00:00:00:01:0${n}`, `10.5.0.1${n}`];
      return [...cells, `02:00:00:00:02:0${n}`, `10.6.0.1${n}`, '', ''].join(',');
    });
    const text = [canonicalHeader.join(','), ...lines, ''].join('\n');
    const { layout } = modelAt(text).model;
    const path = '/p/input/orchestrator/pxe_mapping_file.csv';
    const { version } = detectVersion({ path, layout, roles: rows.map(([role]) => role), groups: [] });
    const { model } = modelAt(text, { version });
    const found = model.sortedFindings().map((finding) => [finding.rule.code, severityOf(finding, model.settings)]);
    assert.deepEqual(
      found.filter(([code, severity]) => severity === 'error' || code === 'group-parent-mismatch'),
      [],
      version,
    );
  });
}
