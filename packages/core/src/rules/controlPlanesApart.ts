import { adminNetworks } from '../context/adminAddress.ts';
import { formatNetwork, inNetwork, parseIpv4, type Ipv4Network } from '../mapping/addresses.ts';
import { everywhere } from '../mapping/versions.ts';
import { byKubeRole } from './groupings.ts';
import { related } from './helpers.ts';
import type { MappingRow } from '../mapping/row.ts';
import type { Rule, Scope } from './rule.ts';

const messages = {
  apart:
    '{value} is in {network}, but the control plane {host} is in {other}. All control planes must be in one admin subnet, which also has their virtual address.',
  first: 'The first control plane.',
} as const;

/** Documented; the newest 2.3 refuses it where Kubernetes is deployed (omnia.md section 1.7). */
export const controlPlanesApart: Rule = {
  code: 'control-planes-apart',
  levels: everywhere('warning'),
  messages,
  needs: 'network',
  grouping: byKubeRole,
  checkBucket(bucket, scope) {
    const planes = bucket.rows('service_kube_control_plane').flatMap((row) => {
      const network = networkOfRow(row, scope);
      return network === undefined ? [] : [{ row, network }];
    });
    const [first, ...others] = planes;
    if (first === undefined) return;
    for (const { row, network } of others) {
      if (network === first.network) continue;
      const params = {
        value: row.text.ADMIN_IP,
        network: formatNetwork(network),
        host: first.row.text.HOSTNAME,
        other: formatNetwork(first.network),
      };
      scope.report(scope.at(row, 'ADMIN_IP'), messages.apart, params, [
        related(scope, first.row, 'ADMIN_IP', messages.first),
      ]);
    }
  },
};

/** The admin subnet that a row's address is in; undefined when it is in none, which another rule reports. */
export function networkOfRow(
  row: MappingRow,
  { context, version }: Pick<Scope, 'context' | 'version'>,
): Ipv4Network | undefined {
  const address = parseIpv4(row.text.ADMIN_IP);
  if (address === undefined || context.network === undefined) return undefined;
  return adminNetworks(context.network, version).find((network) => inNetwork(network, address));
}
