import assert from 'node:assert/strict';
import { test } from 'node:test';
import { omniaVersions } from '@omnia-buildstream/core/mapping/versions';
import { severityOf } from '@omnia-buildstream/core/validation/settings';
import { modelAt } from '../../support/modelAt.ts';

const header =
  'FUNCTIONAL_GROUP_NAME,GROUP_NAME,SERVICE_TAG,PARENT_SERVICE_TAG,HOSTNAME,ADMIN_MAC,ADMIN_IP,BMC_MAC,BMC_IP,IB_NIC_NAME,IB_IP';

function row(role: string, at: number, hostname = `node-${String(at)}`): string {
  const n = String(at);
  return `${role},grp${n},TAG000${n},,${hostname},04:3f:72:10:00:0${n},10.5.0.1${n},04:3f:72:20:00:0${n},10.6.0.1${n},,`;
}

const codes = ['reserved-hostname', 'no-kube-worker'];

const plane = 'service_kube_control_plane_rhel_10_0_x86_64';
const cases: readonly [title: string, rows: readonly string[], expected: readonly string[]][] = [
  ['localhost', [row('login_node_x86_64', 1, 'localhost')], ['reserved-hostname']],
  ['gateway', [row('login_node_x86_64', 1, 'gateway')], ['reserved-hostname']],
  ['dns', [row('login_node_x86_64', 1, 'dns')], ['reserved-hostname']],
  ['names that only begin so', [row('login_node_x86_64', 1, 'dns-1'), row('login_node_x86_64', 2, 'gateway2')], []],
  ['control planes alone', [1, 2, 3].map((at) => row(plane, at)), ['no-kube-worker']],
  ['control planes and a worker', [row(plane, 1), row('service_kube_node_rhel_10_0_x86_64', 2)], []],
  ['a worker alone', [row('service_kube_node_rhel_10_0_x86_64', 1)], []],
];

for (const [title, rows, expected] of cases) {
  test(`what the documentation wants of a cluster: ${title}`, () => {
    for (const version of omniaVersions) {
      const { model } = modelAt([header, ...rows, ''].join('\n'), { version });
      const found = model.sortedFindings().filter(({ rule }) => codes.includes(rule.code));
      assert.deepEqual(
        found.map(({ rule }) => rule.code),
        expected,
        version,
      );
      assert.ok(found.every((finding) => severityOf(finding, model.settings) === 'warning'));
    }
  });
}
