import type { BootNode } from '@omnia-buildstream/engine/ports/bootProvisioner';
import { kernelParams } from '@omnia-buildstream/engine/deploy/kernelParams';
import { hyphenMac } from './macAddress.ts';

/** Second line of every file of ours: a file without it was made by somebody else and is not overwritten. */
export const ownMark = '# Written by buildstream run deploy; changes are lost.';

export const scriptName = /^[0-9a-f]{2}(?:-[0-9a-f]{2}){5}\.ipxe$/;

export function scriptNameOf({ mac }: BootNode): string {
  return `${hyphenMac(mac)}.ipxe`;
}

/** Between two tries: short for a server that restarts, long for one that a thousand nodes ask. */
const pauseSeconds = 5;

/**
 * Boots the node's image, and tries for as long as it takes: an iPXE that gave up would leave the node to its firmware,
 * which goes on to an old system on the disk. Values must have passed `checkValues`. The kernel is told the initrd's
 * name, for UEFI.
 */
export function ipxeScript(node: BootNode): string {
  const { kernel, initrd } = node.boot;
  const lines = [
    '#!ipxe',
    ownMark,
    `# ${node.hostname}: ${node.role}, ${node.image}`,
    ':again',
    `${['kernel', kernel, 'initrd=initrd', kernelParams(node.boot)].join(' ').trimEnd()} || goto failed`,
    `initrd --name initrd ${initrd} || goto failed`,
    'boot || goto failed',
    ':failed',
    `echo ${node.hostname}: its image cannot be loaded, next try in ${String(pauseSeconds)} seconds`,
    'imgfree',
    `sleep ${String(pauseSeconds)}`,
    'goto again',
  ];
  return `${lines.join('\n')}\n`;
}
