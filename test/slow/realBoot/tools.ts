import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import path from 'node:path';

/** A kernel with the modules for QEMU's network card. */
export interface Kernel {
  readonly image: string;
  readonly modules: readonly string[];
}

const runs = (program: string, ...args: readonly string[]): boolean => spawnSync(program, args).status === 0;

/** What really booting a machine requires, by Debian package. */
const tools: readonly (readonly [string, () => boolean])[] = [
  ['qemu-system-x86', () => runs('qemu-system-x86_64', '--version')],
  ['ovmf', () => existsSync(firmware.uefi.code) && existsSync(firmware.uefi.variables)],
  ['ipxe', () => existsSync(bootProgram)],
  ['ipxe-qemu', () => existsSync('/usr/lib/ipxe/qemu/pxe-virtio.rom')],
  ['busybox-static', () => existsSync(busybox) && runs(busybox, 'udhcpc', '--help')],
  ['dnsmasq-base', () => runs(dnsmasq, '--version')],
  ['iproute2', () => runs('ip', '-Version')],
  ['linux-image-cloud-amd64', () => findKernel() !== undefined],
];

/** The same for an arm machine, which gets only as far as its boot program: Debian has no iPXE for arm. */
const armTools: typeof tools = [
  ['qemu-system-arm', () => runs('qemu-system-aarch64', '--version')],
  ['qemu-efi-aarch64', () => existsSync(firmware.arm.code) && existsSync(firmware.arm.variables)],
  ...tools.filter(([name]) => ['dnsmasq-base', 'iproute2'].includes(name)),
];

export const dnsmasq = '/usr/sbin/dnsmasq';
export const busybox = '/bin/busybox';
export const bootProgram = '/usr/lib/ipxe/snponly.efi';
export const firmware = {
  uefi: { code: '/usr/share/OVMF/OVMF_CODE_4M.fd', variables: '/usr/share/OVMF/OVMF_VARS_4M.fd' },
  arm: { code: '/usr/share/AAVMF/AAVMF_CODE.fd', variables: '/usr/share/AAVMF/AAVMF_VARS.fd' },
} as const;

/** Modules built into the kernel have no file. */
const moduleNames = ['virtio', 'virtio_ring', 'virtio_pci_legacy_dev', 'virtio_pci_modern_dev', 'virtio_pci'].concat([
  'failover',
  'net_failover',
  'virtio_net',
]);

/** This machine's kernel, or the one that `scripts/slow/peers.mjs` unpacked. */
export function findKernel(): Kernel | undefined {
  const roots = ['/', path.join(import.meta.dirname, '../../../node_modules/.cache/kernel')];
  for (const root of roots) {
    for (const image of globSync('boot/vmlinuz-*', { cwd: root })) {
      const folder = path.join(root, 'lib/modules', image.slice('boot/vmlinuz-'.length));
      const modules = moduleNames.flatMap((name) => globSync(`kernel/**/${name}.ko`, { cwd: folder }).slice(0, 1));
      if (!modules.some((file) => file.endsWith('/virtio_net.ko'))) continue;
      return { image: path.join(root, image), modules: modules.map((file) => path.join(folder, file)) };
    }
  }
  return undefined;
}

/** Why no machine can be booted here; false if one can. */
export function whyNot(): string | false {
  return whyNotWith(tools);
}

export function whyNoArm(): string | false {
  return whyNotWith(armTools);
}

function whyNotWith(needed: typeof tools): string | false {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'a machine is booted on Linux on x64 only';
  if (!runs('unshare', '-n', 'ip', 'tuntap', 'add', 'tap0', 'mode', 'tap')) {
    return 'nobody may make network namespaces with network cards here (unshare -n, ip tuntap)';
  }
  const missing = needed.filter(([, isThere]) => !isThere()).map(([name]) => name);
  return missing.length === 0 ? false : `not installed (packages of Debian): ${missing.join(', ')}`;
}
