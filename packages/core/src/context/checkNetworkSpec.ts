import type { Range } from '../text/position.ts';
import {
  broadcastOf,
  formatIpv4,
  formatNetwork,
  inNetwork,
  networkOf,
  type Ipv4Network,
} from '../mapping/addresses.ts';
import { traitsOf, type OmniaVersion } from '../mapping/versions.ts';
import type { Params, Template } from '../text/message.ts';
import { inRange } from './adminAddress.ts';
import type { AddressRange } from './context.ts';
import type { ContextCode } from './contextCodes.ts';
import type { LocatedSpec, LocatedSubnet } from './locatedSpec.ts';
import { networkSpecMessages as messages } from './networkSpecMessages.ts';
import type { ContextProblem, Located } from './problem.ts';

/**
 * Omnia's own checks of network_spec.yml that concern addresses (omnia.md section 2, checks of 2.2 and 2.3), as
 * warnings: the mapping file can still be checked. The OIM's NIC is left to Omnia.
 */
export function checkNetworkSpec(spec: LocatedSpec, version: OmniaVersion): ContextProblem[] {
  const problems: ContextProblem[] = [];
  const warn = (code: ContextCode, range: Range, message: Template, params: Params = {}): void => {
    problems.push({ code, severity: 'warning', message, params, range });
  };
  const { namesSubnet, additionalSubnets } = traitsOf(version);
  const primary = namesSubnet ? spec.subnet?.network : spec.oimSubnet;
  const additional = additionalSubnets ? spec.additional : [];

  checkRange(spec.dynamicRange, rangeNetwork(spec, primary?.value, version), warn);
  checkRouter(spec.router, primary?.value, namesSubnet ? version : undefined, warn);
  checkOim(spec, primary?.value, namesSubnet ? additional : [], warn);
  for (const { network, router, dynamicRange } of additional) {
    checkRange(dynamicRange, network.value, warn);
    checkRouter(router, network.value, version, warn);
  }
  checkOverlaps(primary, additional, spec.ibIpv4, warn);
  if (!namesSubnet) {
    checkIbNetmask(spec, version, warn);
    return problems;
  }
  for (const subnet of [spec.subnet, ...additional]) if (subnet !== undefined) checkHostBits(subnet, version, warn);
  return problems;
}

type Warn = (code: ContextCode, range: Range, message: Template, params?: Params) => void;

function checkRange(range: Located<AddressRange> | undefined, network: Ipv4Network | undefined, warn: Warn): void {
  if (range === undefined) return;
  const { first, last } = range.value;
  if (first > last) warn('network-spec-range-order', range.range, messages.rangeOrder);
  else if (network !== undefined && !(inNetwork(network, first) && inNetwork(network, last))) {
    warn('network-spec-range-outside', range.range, messages.rangeOutside, { network: formatNetwork(network) });
  }
}

/** The network that the range must lie in: 2.1 builds it from the start of the range. */
function rangeNetwork(
  { dynamicRange, bits }: LocatedSpec,
  primary: Ipv4Network | undefined,
  version: OmniaVersion,
): Ipv4Network | undefined {
  if (traitsOf(version).additionalSubnets) return primary;
  return dynamicRange && bits && networkOf(dynamicRange.value.first, bits.value);
}

/** @param refusedBy undefined: Omnia accepts a router outside, which is odd nevertheless */
function checkRouter(
  router: Located<number> | undefined,
  network: Ipv4Network | undefined,
  refusedBy: OmniaVersion | undefined,
  warn: Warn,
): void {
  if (router === undefined || network === undefined || inNetwork(network, router.value)) return;
  const params = { network: formatNetwork(network) };
  if (refusedBy === undefined) warn('network-spec-router-outside', router.range, messages.routerOutside, params);
  else warn('network-spec-router-outside', router.range, messages.routerRefused, { ...params, version: refusedBy });
}

/** 2.1 and 2.2 compare the text of both. */
function checkIbNetmask({ bits, ibBits }: LocatedSpec, version: OmniaVersion, warn: Warn): void {
  if (bits === undefined || ibBits === undefined || bits.value === ibBits.value) return;
  const params = { value: ibBits.value, wanted: bits.value, version };
  warn('network-spec-ib-netmask', ibBits.range, messages.ibNetmask, params);
}

/** @param pools further subnets whose ranges may not hold the BMC of the OIM */
function checkOim(
  spec: LocatedSpec,
  network: Ipv4Network | undefined,
  pools: readonly LocatedSubnet[],
  warn: Warn,
): void {
  const { oimAdminIp, oimBmcIp, dynamicRange } = spec;
  for (const [key, address] of Object.entries({ primary_oim_admin_ip: oimAdminIp, primary_oim_bmc_ip: oimBmcIp })) {
    const ranges = [dynamicRange, ...(address === oimBmcIp ? pools.map((pool) => pool.dynamicRange) : [])];
    if (address !== undefined && ranges.some((range) => inRange(range?.value, address.value))) {
      warn('network-spec-oim-in-range', address.range, messages.oimInRange, { key });
    }
  }
  if (oimBmcIp !== undefined && oimBmcIp.value === oimAdminIp?.value)
    warn('network-spec-same-oim', oimBmcIp.range, messages.sameOim);
  if (oimAdminIp !== undefined && network !== undefined && !inNetwork(network, oimAdminIp.value)) {
    warn('network-spec-oim-outside', oimAdminIp.range, messages.oimOutside, { network: formatNetwork(network) });
  }
}

function checkOverlaps(
  primary: Located<Ipv4Network> | undefined,
  additional: readonly LocatedSubnet[],
  ib: Located<Ipv4Network> | undefined,
  warn: Warn,
): void {
  const before: Ipv4Network[] = primary === undefined ? [] : [primary.value];
  for (const { network } of additional) {
    const other = before.find((candidate) => overlap(candidate, network.value));
    if (other !== undefined) {
      const params = { network: formatNetwork(network.value), other: formatNetwork(other) };
      warn('network-spec-overlap', network.range, messages.overlap, params);
    }
    before.push(network.value);
  }
  const other = ib === undefined ? undefined : before.find((candidate) => overlap(candidate, ib.value));
  if (ib === undefined || other === undefined) return;
  warn('network-spec-overlap', ib.range, messages.ibOverlap, {
    network: formatNetwork(ib.value),
    other: formatNetwork(other),
  });
}

function overlap(a: Ipv4Network, b: Ipv4Network): boolean {
  return a.base <= broadcastOf(b) && b.base <= broadcastOf(a);
}

/** 2.3 reads subnets strictly and leaves out those with host bits (omnia.md section 1.6). */
function checkHostBits({ address, network }: LocatedSubnet, version: OmniaVersion, warn: Warn): void {
  if (address.value === network.value.base) return;
  warn('network-spec-host-bits', address.range, messages.hostBits, {
    value: formatIpv4(address.value),
    bits: network.value.bits,
    network: formatNetwork(network.value),
    version,
  });
}
