import type { NetworkSpec } from '../../context/context.ts';
import { broadcastOf, type Ipv4Network } from '../../mapping/addresses.ts';

/**
 * Where what a rule says about an address may change: between two neighboring edges it says the same about each.
 * Sorted.
 */
export function addressEdges(spec: NetworkSpec | undefined): Float64Array {
  if (spec === undefined) return new Float64Array(0);
  const edges = new Set<number>();
  const single = (address: number | undefined): void => {
    if (address !== undefined) edges.add(address).add(address + 1);
  };
  const network = (subnet: Ipv4Network | undefined): void => {
    if (subnet === undefined) return;
    single(subnet.base);
    single(broadcastOf(subnet));
  };
  const subnets = [spec.subnet, ...spec.additional];
  for (const range of [spec.dynamicRange, ...subnets.map((subnet) => subnet?.dynamicRange)]) {
    if (range !== undefined) edges.add(range.first).add(range.last + 1);
  }
  for (const address of [spec.oimAdminIp, spec.oimBmcIp, spec.router, ...subnets.map((subnet) => subnet?.router)]) {
    single(address);
  }
  for (const subnet of [spec.oimSubnet, spec.ibIpv4, ...subnets.map((subnet) => subnet?.network)]) network(subnet);
  return Float64Array.from(edges).sort();
}

/** The number of edges up to an address: the same for all between two edges. */
export function intervalOf(edges: Float64Array, address: number): number {
  let count = 0;
  while (count < edges.length && (edges[count] ?? 0) <= address) count++;
  return count;
}
