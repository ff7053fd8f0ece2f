import { inIpv6Network, parseIpv4, parseIpv6 } from '@omnia-buildstream/core/mapping/addresses';

/** A setting for the hosts that match a pattern. */
export interface HostRule<T> {
  /** See {@link parsePattern}. */
  readonly hosts: string;
  readonly value: T;
}

/** A parsed pattern for hosts, see {@link parsePattern}. */
export type HostPattern =
  | { readonly kind: 'all' }
  | { readonly kind: 'ipv4'; readonly base: number; readonly bits: number }
  | { readonly kind: 'ipv6'; readonly base: readonly number[]; readonly bits: number }
  /** A complete name in lowercase. */
  | { readonly kind: 'name'; readonly name: string };

/** A host as it is contacted: an address or a name. */
export type Host = Exclude<HostPattern, { readonly kind: 'all' }>;

const wholeIpv4 = 32;
const wholeIpv6 = 128;
const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/**
 * Parses `*`, an address (IPv4, IPv6), a network (`10.6.0.0/16`, `fd00::/8`), `10.6.*` for the network of its first
 * parts, or a complete name. Undefined for anything else, in particular a name with `*`: names never match partially.
 */
export function parsePattern(text: string): HostPattern | undefined {
  const given = text.trim();
  if (given === '*') return { kind: 'all' };
  const octets = /^((?:\d{1,3}\.){1,3})\*(?:\.\*)*$/.exec(given)?.[1]?.split('.').slice(0, -1);
  if (octets !== undefined) {
    const whole = [...octets, '0', '0', '0'].slice(0, 4).join('.');
    return networkIn(whole, String(octets.length * 8));
  }
  const [network = '', bits, ...more] = given.split('/');
  if (bits === undefined) return parseHost(given);
  return more.length === 0 ? networkIn(network, bits) : undefined;
}

/** Parses a host. Undefined if the text is neither an address nor a name. */
export function parseHost(text: string): Host | undefined {
  const address = parseIpv4(text);
  if (address !== undefined) return { kind: 'ipv4', base: address, bits: wholeIpv4 };
  const long = parseIpv6(text);
  if (long !== undefined) return { kind: 'ipv6', base: long, bits: wholeIpv6 };
  const name = text.toLowerCase();
  const labels = name.split('.');
  // Anything that ends in a number would be read as an address in some notation (0x7f.1, 010.6.0.1).
  if (name.length > 253 || !labels.every((one) => label.test(one))) return undefined;
  return /^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '') ? undefined : { kind: 'name', name };
}

/** The value of the first rule that matches `host`. */
export function ruleFor<T>(rules: readonly HostRule<T>[], host: string): T | undefined {
  return rules.find(({ hosts }) => matchesHost(hosts, host))?.value;
}

export function matchesHost(pattern: string, host: string): boolean {
  const wanted = parsePattern(pattern);
  const given = parseHost(host);
  return wanted !== undefined && given !== undefined && isIn(wanted, given);
}

/** Whether the pattern matches the host by address, network or name, and not just as `*`. */
export function namesHost(pattern: string, host: string): boolean {
  return parsePattern(pattern)?.kind !== 'all' && matchesHost(pattern, host);
}

function isIn(pattern: HostPattern, host: Host): boolean {
  switch (pattern.kind) {
    case 'all':
      return true;
    case 'name':
      return host.kind === 'name' && host.name === pattern.name;
    case 'ipv4': {
      const size = 2 ** (wholeIpv4 - pattern.bits);
      return host.kind === 'ipv4' && Math.floor(host.base / size) === Math.floor(pattern.base / size);
    }
    case 'ipv6':
      return host.kind === 'ipv6' && inIpv6Network(pattern.base, pattern.bits, host.base);
  }
}

function networkIn(network: string, prefix: string): HostPattern | undefined {
  if (!/^\d{1,3}$/.test(prefix)) return undefined;
  const host = parseHost(network);
  const bits = Number(prefix);
  if (host === undefined || host.kind === 'name' || bits > host.bits) return undefined;
  return { ...host, bits };
}
