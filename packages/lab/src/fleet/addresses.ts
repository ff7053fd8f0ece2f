/** Loopback addresses of a lab: 250 in each /24, so that none ends in 0 or 255. */

/** More than any machine can play; keeps within the second octets that belong to each purpose. */
export const maxNodes = 200_000;

function address(secondOctet: number, index: number): string {
  const block = Math.floor(index / 250);
  const second = secondOctet + Math.floor(block / 250);
  return `127.${String(second)}.${String((block % 250) + 1)}.${String((index % 250) + 1)}`;
}

/** Address of the BMC of node `index`, counted from 0. */
export function bmcAddress(index: number): string {
  return address(20, index);
}

/** Address of the node itself on the admin network. */
export function adminAddress(index: number): string {
  return address(40, index);
}
