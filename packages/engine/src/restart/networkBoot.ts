import type { BootOverride, NetworkBoot } from '../ports/bmc.ts';

/** What the path of a UEFI device says about a network boot (UEFI 2.10, section 10.6). */
export interface NetworkDevice {
  /** Twelve digits in lowercase. */
  readonly mac: string;
  readonly protocol: NetworkBoot['protocol'];
  readonly family: 4 | 6;
}

/** A MAC node, then IPv4 or IPv6, and Uri for HTTP; undefined for anything else. */
export function networkDeviceIn(devicePath: string): NetworkDevice | undefined {
  const nodes = devicePath.split('/');
  const at = nodes.findIndex((node) => node.startsWith('MAC('));
  const digits = /^MAC\(([\dA-Fa-f]{12})/.exec(nodes[at] ?? '')?.[1]?.toLowerCase();
  const ip = nodes.slice(at + 1).find((node) => node.startsWith('IPv4(') || node.startsWith('IPv6('));
  if (digits === undefined || ip === undefined) return undefined;
  const isHttp = nodes.some((node) => node.startsWith('Uri('));
  return { mac: digits, protocol: isHttp ? 'http' : 'pxe', family: ip.startsWith('IPv4(') ? 4 : 6 };
}

/** The digits of a MAC address, in lowercase. */
export function macDigits(mac: string): string {
  return mac.replace(/[^\da-f]/gi, '').toLowerCase();
}

/** Targets of a boot override, by protocol. */
export const bootTargets: Readonly<Record<NetworkBoot['protocol'], string>> = { pxe: 'Pxe', http: 'UefiHttp' };

/**
 * Whether the override shown is the network boot that was asked for: by protocol, or by the NIC that was named. Some
 * services turn Once into Continuous (redfish.md section 3); the next boot is a network boot nevertheless.
 */
export function showsBoot(override: BootOverride, { protocol, nicMac }: NetworkBoot): boolean {
  if (!isActive(override)) return false;
  if (override.target === bootTargets[protocol]) return true;
  return nicMac !== undefined && bootsBy(override, protocol, nicMac);
}

/** Whether it boots from the NIC that was asked for, and not from whichever comes first. */
export function bootsBy({ target, device }: BootOverride, protocol: NetworkBoot['protocol'], nicMac: string): boolean {
  const found = target === 'UefiTarget' ? networkDeviceIn(device) : undefined;
  return found?.mac === macDigits(nicMac) && found.protocol === protocol;
}

/** Whether any network boot is shown. */
export function showsAnyBoot(override: BootOverride): boolean {
  if (!isActive(override)) return false;
  if (override.target === 'UefiTarget') return networkDeviceIn(override.device) !== undefined;
  return override.target === bootTargets.pxe || override.target === bootTargets.http;
}

function isActive({ enabled, mode }: BootOverride): boolean {
  return (enabled === 'Once' || enabled === 'Continuous') && mode !== 'Legacy';
}
