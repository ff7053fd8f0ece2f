/**
 * Loopback addresses of one lab: `octets` second octets (127.OCTET.*) for its BMCs, and as many after them for its
 * nodes. Each /24 has 250 addresses, so that none ends in 0 or 255.
 */
export interface AddressPlan {
  readonly octet: number;
  /** Second octets for each of the two purposes. */
  readonly octets: number;
}

const inBlock = 250;
/** Number of addresses with the same second octet. */
export const inOctet = inBlock * inBlock;

/** More than any machine can simulate. */
export const maxNodes = 200_000;

export function octetsFor(nodes: number): number {
  return Math.max(1, Math.ceil(nodes / inOctet));
}

/** Address of the BMC of node `index`, counted from 0. */
export function bmcAddress({ octet }: AddressPlan, index: number): string {
  return address(octet, index);
}

/** Address of the node itself on the admin network. */
export function adminAddress({ octet, octets }: AddressPlan, index: number): string {
  return address(octet + octets, index);
}

/** The networks of both purposes, as `ADDRESS/BITS`. */
export function networksOf({ octet, octets }: AddressPlan): { readonly bmcs: string[]; readonly nodes: string[] } {
  const from = (first: number): string[] =>
    Array.from({ length: octets }, (_, index) => `127.${String(first + index)}.0.0/16`);
  return { bmcs: from(octet), nodes: from(octet + octets) };
}

/** Second octet of the first admin network. */
export function adminOctet({ octet, octets }: AddressPlan): number {
  return octet + octets;
}

function address(firstOctet: number, index: number): string {
  const block = Math.floor(index / inBlock);
  const second = firstOctet + Math.floor(block / inBlock);
  return `127.${String(second)}.${String((block % inBlock) + 1)}.${String((index % inBlock) + 1)}`;
}
