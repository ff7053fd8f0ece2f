import { spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, openSync } from 'node:fs';
import path from 'node:path';
import type { LabNode } from '@omnia-buildstream/lab/bmc/settings';
import type { LabMachines } from '@omnia-buildstream/lab/lab';
import { networkCard } from './network.ts';
import { firmware } from './tools.ts';

export type FirmwareKind = 'uefi' | 'bios' | 'arm';

/** QEMU machines: the BMC of a node turns its machine on and off and determines what it boots. */
export class QemuMachines implements LabMachines {
  readonly #folder: string;
  readonly #kinds: readonly FirmwareKind[];
  readonly #indexOf: (node: LabNode) => number;
  readonly #running = new Map<string, ChildProcess>();

  constructor(folder: string, kinds: readonly FirmwareKind[], indexOf: (node: LabNode) => number) {
    this.#folder = folder;
    this.#kinds = kinds;
    this.#indexOf = indexOf;
  }

  powerOn(node: LabNode, { pxe }: { readonly pxe: boolean }): void {
    this.powerOff(node);
    const index = this.#indexOf(node);
    const kind = this.#kinds[index] ?? 'uefi';
    const console = openSync(this.consoleOf(node), 'a');
    const args = [...this.#common(node, index, kind, pxe), ...this.#firmware(node, kind)];
    const program = `qemu-system-${kind === 'arm' ? 'aarch64' : 'x86_64'}`;
    this.#running.set(node.hostname, spawn(program, args, { stdio: ['ignore', console, console] }));
  }

  powerOff({ hostname }: LabNode): void {
    this.#running.get(hostname)?.kill('SIGKILL');
    this.#running.delete(hostname);
  }

  stop(): void {
    for (const machine of this.#running.values()) machine.kill('SIGKILL');
  }

  /** The file with the output of firmware, iPXE and kernel. */
  consoleOf({ hostname }: Pick<LabNode, 'hostname'>): string {
    return path.join(this.#folder, `${hostname}.console`);
  }

  #common({ adminMac }: LabNode, index: number, kind: FirmwareKind, pxe: boolean): string[] {
    const tap = networkCard.tapOf(index);
    // BIOS itself has no PXE; the ROM of its network card does. UEFI has PXE and uses it if there is no ROM.
    const rom = kind === 'bios' ? '' : ',romfile=';
    const machine = kind === 'arm' ? ['virt', '-cpu', 'cortex-a57'] : ['q35'];
    const card = `virtio-net-pci,netdev=net,mac=${adminMac}${rom}${pxe ? ',bootindex=1' : ''}`;
    return [
      // The same on every machine: KVM is not available everywhere, and nested KVM may fail in firmware.
      ...['-accel', 'tcg'],
      ...['-machine', ...machine, '-m', '512', '-nographic', '-no-reboot', '-nodefaults', '-serial', 'stdio'],
      ...['-netdev', `tap,id=net,ifname=${tap},script=no,downscript=no`, '-device', card],
      // UEFI accepts no network card without a source of randomness; older kernels wait for one.
      ...['-object', 'rng-random,id=rng,filename=/dev/urandom', '-device', 'virtio-rng-pci,rng=rng'],
    ];
  }

  #firmware({ hostname }: LabNode, kind: FirmwareKind): string[] {
    if (kind === 'bios') return [];
    const variables = path.join(this.#folder, `${hostname}.variables`);
    const files = firmware[kind];
    copyFileSync(files.variables, variables);
    return [
      ...['-drive', `if=pflash,format=raw,readonly=on,file=${files.code}`],
      ...['-drive', `if=pflash,format=raw,file=${variables}`],
    ];
  }
}
