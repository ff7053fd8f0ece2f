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
  return hasParts(host.toLowerCase(), pattern.toLowerCase().split('*'));
}

/** Whether the parts stand in the text in this order, the first at its start and the last at its end. */
function hasParts(text: string, [first = '', ...rest]: readonly string[]): boolean {
  const last = rest.pop() ?? '';
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

function isInNetwork(host: string, network: string, prefix: string): boolean {
  const address = parseIpv4(host);
  const base = parseIpv4(network);
  if (address === undefined || base === undefined || !/^\d{1,2}$/.test(prefix) || Number(prefix) > 32) return false;
  const size = 2 ** (32 - Number(prefix));
  return Math.floor(address / size) === Math.floor(base / size);
}
