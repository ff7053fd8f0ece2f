import type { Ipv4Network } from '../mapping/addresses.ts';
import type { AddressRange, AdminSubnet, NetworkSpec } from './context.ts';
import type { Located } from './problem.ts';

/** A subnet with the places of its values. */
export interface LocatedSubnet {
  readonly address: Located<number>;
  readonly network: Located<Ipv4Network>;
  readonly router: Located<number> | undefined;
  readonly dynamicRange: Located<AddressRange> | undefined;
}

/** network_spec.yml with the places of its values. */
export interface LocatedSpec {
  readonly oimSubnet: Located<Ipv4Network> | undefined;
  readonly subnet: LocatedSubnet | undefined;
  readonly additional: readonly LocatedSubnet[];
  readonly oimAdminIp: Located<number> | undefined;
  readonly oimBmcIp: Located<number> | undefined;
  readonly router: Located<number> | undefined;
  readonly dynamicRange: Located<AddressRange> | undefined;
  readonly ibIpv4: Located<Ipv4Network> | undefined;
  readonly ibIpv6: NetworkSpec['ibIpv6'];
  /** `netmask_bits` of the primary subnet, and of InfiniBand. */
  readonly bits: Located<number> | undefined;
  readonly ibBits: Located<number> | undefined;
}

/** The plain facts, for the rules. */
export function withoutPlaces(spec: LocatedSpec): NetworkSpec {
  return {
    oimSubnet: spec.oimSubnet?.value,
    subnet: spec.subnet && subnetWithoutPlaces(spec.subnet),
    additional: spec.additional.map(subnetWithoutPlaces),
    oimAdminIp: spec.oimAdminIp?.value,
    oimBmcIp: spec.oimBmcIp?.value,
    router: spec.router?.value,
    dynamicRange: spec.dynamicRange?.value,
    ibIpv4: spec.ibIpv4?.value,
    ibIpv6: spec.ibIpv6,
  };
}

function subnetWithoutPlaces({ address, network, router, dynamicRange }: LocatedSubnet): AdminSubnet {
  return {
    network: network.value,
    strict: network.value.base === address.value,
    router: router?.value,
    dynamicRange: dynamicRange?.value,
  };
}
