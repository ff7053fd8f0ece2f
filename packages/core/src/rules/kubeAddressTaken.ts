import { inRange } from '../context/adminAddress.ts';
import { parseIpv4 } from '../mapping/addresses.ts';
import type { ColumnName } from '../mapping/columns.ts';
import { everywhere } from '../mapping/versions.ts';
import { nextAddressInSubnet } from './suggest.ts';
import type { Rule } from './rule.ts';

const messages = {
  virtual: '{value} is the virtual address of the control planes (high_availability_config.yml), which must be free.',
  pods: '{value} is in pod_external_ip_range of omnia_config.yml, whose addresses must be free.',
  next: 'Use the next free address {value}',
} as const;

const columns: readonly ColumnName[] = ['ADMIN_IP', 'BMC_IP', 'IB_IP', 'IB_IPV4'];

/** Documented; the newest 2.3 refuses it where Kubernetes is deployed (omnia.md section 1.7). */
export const kubeAddressTaken: Rule = {
  code: 'kube-address-taken',
  levels: everywhere('warning'),
  messages,
  checkRow(row, scope) {
    const { virtualIp, podRange } = scope.context;
    if (virtualIp === undefined && podRange === undefined) return;
    for (const column of columns) {
      const value = row.text[column];
      const address = value === '' ? undefined : parseIpv4(value);
      if (address === undefined) continue;
      if (address === virtualIp) scope.report(scope.at(row, column), messages.virtual, { value });
      else if (inRange(podRange, address)) scope.report(scope.at(row, column), messages.pods, { value });
    }
  },
  suggestions: (finding, scope) =>
    finding.place.column === 'ADMIN_IP' ? nextAddressInSubnet(finding, scope, messages.next) : [],
};
