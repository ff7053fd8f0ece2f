import { groupIdentity, type Architecture } from '@omnia-buildstream/core/mapping/functionalGroups';
import type { BootNode } from '@omnia-buildstream/engine/ports/bootProvisioner';
import { ownMark } from './ipxeScript.ts';

export const dnsmasqBootName = 'dnsmasq-boot.conf';

interface BootProgram {
  /** File in the folder; the site's administrators put it there. */
  readonly file: string;
  readonly tag: string;
  /** How firmware identifies itself in DHCP option 93 (RFC 4578 and IANA's "Processor Architecture Types"). */
  readonly clientTypes: readonly number[];
  /** The same for firmware that boots over HTTP (UEFI 2.5), with a separate tag. */
  readonly http?: { readonly tag: string; readonly clientType: number };
}

/** iPXE for UEFI that uses the network driver of the firmware. */
const uefiPrograms: Readonly<Record<Architecture, BootProgram>> = {
  x86_64: {
    file: 'snponly.efi',
    tag: 'uefi-x86_64',
    clientTypes: [7, 9],
    http: { tag: 'http-x86_64', clientType: 16 },
  },
  aarch64: {
    file: 'snponly-arm64.efi',
    tag: 'uefi-aarch64',
    clientTypes: [11],
    http: { tag: 'http-aarch64', clientType: 19 },
  },
};

const programs: readonly BootProgram[] = [
  ...Object.values(uefiPrograms),
  { file: 'undionly.kpxe', tag: 'bios', clientTypes: [0] },
];

/** A path without anything that dnsmasq would read as the next part of a line, a comment or a quote. */
const plainPath = /^[\w./+@:~=-]+(?: [\w./+@:~=-]+)*$/;

/**
 * What firmware that boots over HTTP expects: its own vendor class, and the address of the boot program. Only the site
 * knows which web server serves this folder, so that line belongs in the site's own configuration.
 */
function httpLines(): string[] {
  const programsByHttp = programs.flatMap(({ file, http }) => (http === undefined ? [] : [{ file, ...http }]));
  return [
    '# UEFI HTTP boot: serve this folder by HTTP, and write beside the line that names this file:',
    ...programsByHttp.map(({ file, tag }) => `#   dhcp-boot=tag:!ipxe,tag:${tag},http://ADDRESS/${file}`),
    'dhcp-vendorclass=set:http,HTTPClient',
    'dhcp-option-force=tag:http,60,HTTPClient',
    ...programsByHttp.map(({ tag, clientType }) => `dhcp-match=set:${tag},option:client-arch,${String(clientType)}`),
  ];
}

/**
 * What dnsmasq sends to firmware: a boot program for its architecture, and then, to that program, which identifies
 * itself as iPXE by option 175, the script for its MAC. Everything is served by TFTP from the folder, so no other
 * service is needed.
 */
export function dnsmasqBootFile(folder: string): string {
  const lines = programs.flatMap(({ file, tag, clientTypes }) => [
    ...clientTypes.map((type) => `dhcp-match=set:${tag},option:client-arch,${String(type)}`),
    `dhcp-boot=tag:!ipxe,tag:${tag},${file}`,
  ]);
  return [
    '# What firmware and iPXE boot, for dnsmasq: conf-file=<this file>',
    ownMark,
    'enable-tftp',
    plainPath.test(folder) ? `tftp-root=${folder}` : '# The path of this folder cannot be written as tftp-root=PATH.',
    ...lines,
    ...httpLines(),
    'dhcp-match=set:ipxe,175',
    'dhcp-boot=tag:ipxe,${mac:hexhyp}.ipxe',
    '',
  ].join('\n');
}

/** The boot program for a node's UEFI firmware; undefined if the role does not name an architecture. */
export function uefiProgramOf({ role }: BootNode): string | undefined {
  const architecture = groupIdentity(role)?.architecture;
  return architecture === undefined ? undefined : uefiPrograms[architecture].file;
}
