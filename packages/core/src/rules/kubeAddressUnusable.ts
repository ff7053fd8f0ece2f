import { dhcpRanges, inRange, isEdge } from '../context/adminAddress.ts';
import type { NetworkSpec, ValidationContext } from '../context/context.ts';
import { formatIpv4, formatNetwork, inNetwork, type Ipv4Network } from '../mapping/addresses.ts';
import { everywhere, type OmniaVersion } from '../mapping/versions.ts';
import { networkOfRow } from './controlPlanesApart.ts';
import { byKubeRole } from './groupings.ts';
import type { Params } from '../text/message.ts';
import type { Rule } from './rule.ts';

const messages = {
  virtualOutside:
    'virtual_ip_address {value} (high_availability_config.yml) is not a host address of {network}, the admin subnet of the control planes.',
  virtualOim: 'virtual_ip_address {value} (high_availability_config.yml) is an address of the management server.',
  virtualDhcp: 'virtual_ip_address {value} (high_availability_config.yml) is in a dynamic_range of network_spec.yml.',
  virtualPods:
    'virtual_ip_address {value} (high_availability_config.yml) is in pod_external_ip_range of omnia_config.yml.',
  podsOutside:
    'pod_external_ip_range {value} (omnia_config.yml) is outside {network}, the admin subnet of the control planes.',
  podsOim: 'pod_external_ip_range {value} (omnia_config.yml) contains an address of the management server.',
  podsDhcp: 'pod_external_ip_range {value} (omnia_config.yml) overlaps a dynamic_range of network_spec.yml.',
} as const;

type Told = readonly [message: string, params: Params];

/** Documented; the newest 2.3 refuses it where Kubernetes is deployed (omnia.md section 1.7). */
export const kubeAddressUnusable: Rule = {
  code: 'kube-address-unusable',
  levels: everywhere('warning'),
  messages,
  needs: 'network',
  grouping: byKubeRole,
  checkBucket(bucket, scope) {
    const plane = bucket.first('service_kube_control_plane');
    const { context, version } = scope;
    if (plane === undefined || context.network === undefined) return;
    const network = networkOfRow(plane, scope);
    const told = [
      ...virtualFaults(context, context.network, network, version),
      ...podFaults(context, context.network, network, version),
    ];
    for (const [message, params] of told) scope.report(scope.at(plane, 'ADMIN_IP'), message, params);
  },
};

function virtualFaults(
  { virtualIp, podRange }: ValidationContext,
  spec: NetworkSpec,
  network: Ipv4Network | undefined,
  version: OmniaVersion,
): Told[] {
  if (virtualIp === undefined) return [];
  const params = { value: formatIpv4(virtualIp), network: network === undefined ? '' : formatNetwork(network) };
  const isOutside = network !== undefined && (!inNetwork(network, virtualIp) || isEdge(network, virtualIp));
  const faults: (Told | false)[] = [
    isOutside && [messages.virtualOutside, params],
    [spec.oimAdminIp, spec.oimBmcIp].includes(virtualIp) && [messages.virtualOim, params],
    dhcpRanges(spec, version).some((range) => inRange(range, virtualIp)) && [messages.virtualDhcp, params],
    inRange(podRange, virtualIp) && [messages.virtualPods, params],
  ];
  return faults.filter((fault) => fault !== false);
}

function podFaults(
  { podRange }: ValidationContext,
  spec: NetworkSpec,
  network: Ipv4Network | undefined,
  version: OmniaVersion,
): Told[] {
  if (podRange === undefined) return [];
  const { first, last } = podRange;
  const value = `${formatIpv4(first)}-${formatIpv4(last)}`;
  const params = { value, network: network === undefined ? '' : formatNetwork(network) };
  const isOutside = network !== undefined && !(inNetwork(network, first) && inNetwork(network, last));
  const overlaps = dhcpRanges(spec, version).some((range) => range.first <= last && first <= range.last);
  const hasOim = [spec.oimAdminIp, spec.oimBmcIp].some((oim) => oim !== undefined && inRange(podRange, oim));
  const faults: (Told | false)[] = [
    isOutside && [messages.podsOutside, params],
    hasOim && [messages.podsOim, params],
    overlaps && [messages.podsDhcp, params],
  ];
  return faults.filter((fault) => fault !== false);
}
