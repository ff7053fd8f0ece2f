import type { BootNode } from '@omnia-buildstream/engine/ports/bootProvisioner';
import { kernelParams } from '@omnia-buildstream/engine/deploy/kernelParams';
import { hyphenMac } from './macAddress.ts';

/** Second line of every file of ours: a file without it was made by somebody else and is not overwritten. */
export const ownMark = '# Written by buildstream run deploy; changes are lost.';

export const scriptName = /^[0-9a-f]{2}(?:-[0-9a-f]{2}){5}\.ipxe$/;

export function scriptNameOf({ mac }: BootNode): string {
  return `${hyphenMac(mac)}.ipxe`;
}

/** Boots the node's image. Values must have passed `checkValues`. The kernel is told the initrd's name, for UEFI. */
export function ipxeScript(node: BootNode): string {
  const { kernel, initrd } = node.boot;
  const lines = [
    '#!ipxe',
    ownMark,
    `# ${node.hostname}: ${node.role}, ${node.image}`,
    ['kernel', kernel, 'initrd=initrd', kernelParams(node.boot)].join(' ').trimEnd(),
    `initrd --name initrd ${initrd}`,
    'boot',
  ];
  return `${lines.join('\n')}\n`;
}
