import { spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, openSync } from 'node:fs';
import path from 'node:path';
import type { LabNode } from '@omnia-buildstream/lab/bmc/settings';
import type { LabMachines } from '@omnia-buildstream/lab/lab';
import { networkCard } from './network.ts';
import { firmware } from './tools.ts';

export const firmwareKinds = ['uefi', 'bios'] as const;
export type FirmwareKind = (typeof firmwareKinds)[number];

/** Machines of QEMU: the BMC of a node turns its machine on and off, and decides what it boots. */
export class QemuMachines implements LabMachines {
  readonly #folder: string;
  readonly #indexOf: (node: LabNode) => number;
  readonly #running = new Map<string, ChildProcess>();

  constructor(folder: string, indexOf: (node: LabNode) => number) {
    this.#folder = folder;
    this.#indexOf = indexOf;
  }

  powerOn(node: LabNode, { pxe }: { readonly pxe: boolean }): void {
    this.powerOff(node);
    const index = this.#indexOf(node);
    const kind = firmwareKinds[index % firmwareKinds.length] ?? 'uefi';
    const console = openSync(this.consoleOf(node), 'a');
    const args = [...this.#common(node, index, pxe), ...this.#firmware(node, kind)];
    this.#running.set(node.hostname, spawn('qemu-system-x86_64', args, { stdio: ['ignore', console, console] }));
  }

  powerOff({ hostname }: LabNode): void {
    this.#running.get(hostname)?.kill('SIGKILL');
    this.#running.delete(hostname);
  }

  stop(): void {
    for (const machine of this.#running.values()) machine.kill('SIGKILL');
  }

  /** What firmware, iPXE and the kernel write. */
  consoleOf({ hostname }: Pick<LabNode, 'hostname'>): string {
    return path.join(this.#folder, `${hostname}.console`);
  }

  #common({ adminMac }: LabNode, index: number, pxe: boolean): string[] {
    const tap = networkCard.tapOf(index);
    // BIOS has no PXE of its own: the ROM of its network card has. UEFI has: without ROM it uses that.
    const rom = firmwareKinds[index % firmwareKinds.length] === 'bios' ? '' : ',romfile=';
    const card = `virtio-net-pci,netdev=net,mac=${adminMac}${rom}${pxe ? ',bootindex=1' : ''}`;
    return [
      // The same on every machine: KVM is not everywhere, and where it is nested it may fail in firmware.
      ...['-accel', 'tcg'],
      ...['-machine', 'q35', '-m', '512', '-nographic', '-no-reboot', '-nodefaults', '-serial', 'stdio'],
      ...['-netdev', `tap,id=net,ifname=${tap},script=no,downscript=no`, '-device', card],
      // UEFI takes no network card without randomness; older kernels wait for it.
      ...['-object', 'rng-random,id=rng,filename=/dev/urandom', '-device', 'virtio-rng-pci,rng=rng'],
    ];
  }

  #firmware({ hostname }: LabNode, kind: FirmwareKind): string[] {
    if (kind === 'bios') return [];
    const variables = path.join(this.#folder, `${hostname}.variables`);
    copyFileSync(firmware.variables, variables);
    return [
      ...['-drive', `if=pflash,format=raw,readonly=on,file=${firmware.code}`],
      ...['-drive', `if=pflash,format=raw,file=${variables}`],
    ];
  }
}
