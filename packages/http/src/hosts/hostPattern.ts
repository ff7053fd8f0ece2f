import { parseIpv4 } from '@omnia-buildstream/core/mapping/addresses';

/** A setting for the hosts that a pattern names. */
export interface HostRule<T> {
  /** An address or name, one with `*` for any text (`10.6.*`), a network (`10.6.0.0/16`), or `*` for all. */
  readonly hosts: string;
  readonly value: T;
}

/** The value of the first rule that names `host`. */
export function ruleFor<T>(rules: readonly HostRule<T>[], host: string): T | undefined {
  return rules.find(({ hosts }) => matchesHost(hosts, host))?.value;
}

export function matchesHost(pattern: string, host: string): boolean {
  const [network = '', prefix] = pattern.split('/');
  if (prefix !== undefined) return isInNetwork(host, network, prefix);
  if (!pattern.includes('*')) return pattern.toLowerCase() === host.toLowerCase();
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(host);
}

function isInNetwork(host: string, network: string, prefix: string): boolean {
  const address = parseIpv4(host);
  const base = parseIpv4(network);
  if (address === undefined || base === undefined || !/^\d{1,2}$/.test(prefix) || Number(prefix) > 32) return false;
  const size = 2 ** (32 - Number(prefix));
  return Math.floor(address / size) === Math.floor(base / size);
}
