import type { Rule } from '../../rules/rule.ts';

export type Reach = 'line' | 'alike' | 'address' | 'key' | 'first';

/**
 * How far a finding of a rule reaches, which decides what is left out for it:
 * - `line`: it is about the header, or about a line that is not plain; never about a plain row
 * - `alike`: about a row by itself, or with the rows of its group or parent: rows of one kind have it together
 * - `address`: about an address by itself: those between the same edges have it together
 * - `key`: about rows that share an address, a name or a tag; all of them are judged
 * - `first`: about the first row with some trait, or about rows that are all judged
 *
 * A rule that is not here has every row judged, until somebody has thought about it and the property test agrees
 * (test/unit/validation/sieve.test.ts).
 */
const reaches: Readonly<Record<string, Reach>> = {
  'not-utf8': 'line',
  'no-data': 'line',
  'byte-order-mark': 'line',
  'merge-conflict': 'line',
  'csv-syntax': 'line',
  'other-table': 'line',
  'header-contract': 'line',
  'missing-column': 'line',
  'crash-header-spelling': 'line',
  'header-spelling': 'line',
  'duplicate-column': 'line',
  'unknown-column': 'line',
  'column-order': 'line',
  'repeated-header': 'line',
  'tabs-between-cells': 'line',
  'ragged-row': 'line',
  'comment-line': 'line',
  'blank-line': 'line',
  'surrounding-blanks': 'line',
  quotes: 'line',
  'cell-too-long': 'line',
  'empty-cell': 'alike',
  'needed-later': 'alike',
  'bad-service-tag': 'alike',
  'bad-parent-tag': 'alike',
  'bad-mac': 'alike',
  'bad-hostname': 'alike',
  'bad-group-name': 'alike',
  'bad-functional-group-chars': 'alike',
  'bad-ipv4': 'alike',
  'bad-ipv6': 'alike',
  'ib-pair': 'alike',
  'bad-ib-nic': 'alike',
  'unknown-functional-group': 'alike',
  'baseos-unsupported': 'alike',
  'missing-arch-suffix': 'alike',
  'missing-os-version': 'alike',
  'not-in-catalog': 'alike',
  'group-parent-mismatch': 'alike',
  'mgmt-has-parent': 'alike',
  'compute-needs-parent': 'alike',
  'parent-not-kube-node': 'alike',
  'dangling-parent': 'alike',
  'hostname-not-nid': 'alike',
  'ip-outside-admin-subnets': 'address',
  'ip-in-dhcp-range': 'address',
  'ip-is-oim': 'address',
  'ip-is-router': 'address',
  'ip-network-or-broadcast': 'address',
  'ib-ip-outside-ib-network': 'address',
  'mac-mixed-separators': 'alike',
  'mac-not-unicast': 'alike',
  'hostname-not-lowercase': 'alike',
  'hostname-leading-digit': 'alike',
  'reserved-hostname': 'alike',
  'service-tag-not-ascii': 'alike',
  'service-tag-length': 'alike',
  'reserved-functional-group': 'alike',
  'dup-service-tag': 'key',
  'dup-hostname': 'key',
  'dup-admin-ip': 'key',
  'dup-ib-ip': 'key',
  'dup-admin-mac': 'key',
  'dup-bmc-ip': 'key',
  'dup-bmc-mac': 'key',
  'admin-ip-is-bmc-ip': 'key',
  'bmc-mac-is-admin-mac': 'key',
  'dup-hostname-ignoring-case': 'key',
  'dup-service-tag-ignoring-case': 'key',
  // A row whose tag is anybody's parent, its own included, is always judged.
  'parent-is-self': 'key',
  'group-shared': 'first',
  'arch-mismatch': 'first',
  'arch-mismatch-later': 'first',
  'aarch64-needs-nfs-share': 'first',
  'software-missing': 'first',
  'no-slurm-controller': 'first',
  'no-slurm-worker': 'first',
  'no-kube-worker': 'first',
  // Rows of control planes and Slurm controllers are never plain, so that all are counted.
  'even-control-planes': 'first',
  'few-control-planes': 'first',
  'control-planes-apart': 'first',
  'kube-address-unusable': 'first',
  'many-slurm-controllers': 'first',
  'no-login-node': 'first',
  'mixed-os-releases': 'first',
  'kube-architecture': 'alike',
  // Where one of these addresses is known, every row is judged.
  'kube-address-taken': 'first',
  // What is left has every role and group.
  'group-config-unknown': 'first',
  'cloud-init-unknown': 'first',
  'storage-group-unknown': 'first',
};

export function areAllKnown(rules: readonly Rule[]): boolean {
  return rules.every(({ code }) => Object.hasOwn(reaches, code));
}

export function reachOf({ code }: Pick<Rule, 'code'>): Reach | undefined {
  return reaches[code];
}
