/** IPv4, IPv6 and MAC addresses as Python's `ipaddress` and Omnia's patterns accept them. */

const digitZero = 0x30;
const dot = 0x2e;

/** Dotted quad without leading zeros, as Python's IPv4Address (3.9.5 and later) takes it. */
export function isIpv4(text: string): boolean {
  return parseIpv4(text) !== undefined;
}

/**
 * The address as an unsigned 32-bit number, or undefined when it is not one. Several rules ask for each row of a large
 * file, so it reads the text once and makes no strings.
 */
export function parseIpv4(text: string): number | undefined {
  let address = 0;
  let octet = 0;
  let digits = 0;
  let dots = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === dot) {
      if (digits === 0 || ++dots > 3) return undefined;
      address = address * 256 + octet;
      octet = 0;
      digits = 0;
      continue;
    }
    const digit = code - digitZero;
    if (digit < 0 || digit > 9 || (digits > 0 && octet === 0)) return undefined;
    octet = octet * 10 + digit;
    digits++;
    if (octet > 255) return undefined;
  }
  return dots === 3 && digits > 0 ? address * 256 + octet : undefined;
}

export function formatIpv4(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}

/** A subnet: `base` is its first address as an unsigned number, `bits` 0 to 32. */
export interface Ipv4Network {
  readonly base: number;
  readonly bits: number;
}

/** Number of addresses by netmask bits; looked up because computing the power costs more than the rest of a check. */
const sizes = Array.from({ length: 33 }, (_, bits) => 2 ** (32 - bits));
const size = (bits: number): number => sizes[bits] ?? 1;

/** The subnet that holds `address`; host bits are dropped, as by Python's `strict=False`. */
export function networkOf(address: number, bits: number): Ipv4Network {
  return { base: address - (address % size(bits)), bits };
}

export function inNetwork(network: Ipv4Network, address: number): boolean {
  return address >= network.base && address < network.base + size(network.bits);
}

export function broadcastOf(network: Ipv4Network): number {
  return network.base + size(network.bits) - 1;
}

export function formatNetwork(network: Ipv4Network): string {
  return `${formatIpv4(network.base)}/${String(network.bits)}`;
}

/**
 * The eight 16-bit groups of an IPv6 address, or undefined when it is not one. Accepts what Python's IPv6Address
 * accepts: one `::`, an IPv4 tail, a scope id after `%`.
 */
export function parseIpv6(text: string): readonly number[] | undefined {
  const [address = '', scope, ...more] = text.split('%');
  if (scope === '' || more.length > 0) return undefined;
  const halves = address.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(ipv6Groups);
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  if (tail === undefined) return head.length === 8 ? head : undefined;
  const missing = 8 - head.length - tail.length;
  return missing < 1 ? undefined : [...head, ...Array<number>(missing).fill(0), ...tail];
}

function ipv6Groups(text: string, half: number, halves: readonly string[]): number[] | undefined {
  if (text === '') return halves.length === 1 ? undefined : [];
  const parts = text.split(':');
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    if (/^[0-9A-Fa-f]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16));
      continue;
    }
    const ipv4 = index === parts.length - 1 && half === halves.length - 1 ? parseIpv4(part) : undefined;
    if (ipv4 === undefined) return undefined;
    groups.push(Math.floor(ipv4 / 65536), ipv4 % 65536);
  }
  return groups;
}

export function isIpv6(text: string): boolean {
  return parseIpv6(text) !== undefined;
}

/** True when the IPv6 address lies in `base`/`bits`; all in groups of 16 bits. */
export function inIpv6Network(base: readonly number[], bits: number, address: readonly number[]): boolean {
  return base.every((group, index) => {
    const used = Math.max(0, Math.min(16, bits - 16 * index));
    const shift = 16 - used;
    return group >> shift === (address[index] ?? 0) >> shift;
  });
}

const mixedMac = /^(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}$/;
const uniformMac = /^(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$|^(?:[0-9A-Fa-f]{2}-){5}[0-9A-Fa-f]{2}$/;

/** Six hexadecimal pairs, each separator a colon or a dash (2.1, 2.2). */
export function isMac(text: string): boolean {
  return mixedMac.test(text);
}

/** Six hexadecimal pairs with one kind of separator (2.3). */
export function isUniformMac(text: string): boolean {
  return uniformMac.test(text);
}

/** Lower case with colons: the form in which two spellings of a MAC are equal. */
export function normaliseMac(text: string): string {
  const lower = text.toLowerCase();
  return lower.includes('-') ? lower.replaceAll('-', ':') : lower;
}

/** The canonical form of twelve hexadecimal digits with any or no separators, or undefined. */
export function repairMac(text: string): string | undefined {
  const digits = text.replace(/[\s:.\-_]/g, '').toLowerCase();
  return /^[0-9a-f]{12}$/.test(digits) ? (digits.match(/../g) ?? []).join(':') : undefined;
}
