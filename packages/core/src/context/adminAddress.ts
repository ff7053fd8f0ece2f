import { broadcastOf, inNetwork, type Ipv4Network } from '../mapping/addresses.ts';
import { traitsOf, type OmniaVersion } from '../mapping/versions.ts';
import type { AddressRange, AdminSubnet, NetworkSpec } from './context.ts';

/** What is known about an admin address from network_spec.yml. */
export type AdminAddressUse = 'free' | 'outside' | 'network-or-broadcast' | 'oim' | 'router' | 'dhcp';

/**
 * Subnets in which ADMIN_IP may lie, by version (omnia.md 1.3 rule 29 and 1.6): 2.1 the OIM's own, 2.2 also the
 * additional ones, 2.3 those whose address has no host bits. Empty when the file does not say enough for a check.
 */
export const adminNetworks = oncePerSpec((spec: NetworkSpec, version: OmniaVersion): readonly Ipv4Network[] => {
  const { namesSubnet, additionalSubnets } = traitsOf(version);
  if (!namesSubnet) {
    if (spec.oimSubnet === undefined) return [];
    return [spec.oimSubnet, ...(additionalSubnets ? spec.additional.map(({ network }) => network) : [])];
  }
  const subnets: readonly (AdminSubnet | undefined)[] = [spec.subnet, ...spec.additional];
  return subnets.flatMap((subnet) => (subnet?.strict === true ? [subnet.network] : []));
});

export function inRange(range: AddressRange | undefined, address: number): boolean {
  return range !== undefined && address >= range.first && address <= range.last;
}

/** Ranges that the DHCP server hands out: the primary one; from 2.2 also those of the additional subnets. */
export const dhcpRanges = oncePerSpec((spec: NetworkSpec, version: OmniaVersion): readonly AddressRange[] => {
  const more = traitsOf(version).additionalSubnets ? spec.additional.map(({ dynamicRange }) => dynamicRange) : [];
  return [spec.dynamicRange, ...more].filter((range) => range !== undefined);
});

/** Routers of the primary and the additional subnets. */
export function routers(spec: NetworkSpec): readonly number[] {
  return [spec.router, ...spec.additional.map(({ router }) => router)].filter((router) => router !== undefined);
}

/** Remembers a list for the spec and version asked for last: rules ask for each row, and the answer stays the same. */
function oncePerSpec<T>(
  list: (spec: NetworkSpec, version: OmniaVersion) => readonly T[],
): (spec: NetworkSpec, version: OmniaVersion) => readonly T[] {
  const known = new WeakMap<NetworkSpec, { readonly version: OmniaVersion; readonly found: readonly T[] }>();
  return (spec, version) => {
    const last = known.get(spec);
    if (last?.version === version) return last.found;
    const found = list(spec, version);
    known.set(spec, { version, found });
    return found;
  };
}

/** How an admin address is used already, the most serious use first. */
export function adminAddressUse(spec: NetworkSpec, version: OmniaVersion, address: number): AdminAddressUse {
  const networks = adminNetworks(spec, version);
  const network = networks.find((candidate) => inNetwork(candidate, address));
  if (network === undefined && networks.length > 0) return 'outside';
  if (address === spec.oimAdminIp) return 'oim';
  if (routers(spec).includes(address)) return 'router';
  if (dhcpRanges(spec, version).some((range) => inRange(range, address))) return 'dhcp';
  if (network !== undefined && isEdge(network, address)) return 'network-or-broadcast';
  return 'free';
}

/** The first or last address of a subnet that has more than two. */
export function isEdge(network: Ipv4Network, address: number): boolean {
  return network.bits < 31 && (address === network.base || address === broadcastOf(network));
}
