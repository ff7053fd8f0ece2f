import type { BootNode } from '@omnia-buildstream/engine/ports/bootProvisioner';
import { kernelParams } from '@omnia-buildstream/engine/deploy/kernelParams';
import { hyphenMac } from './macAddress.ts';

/** The second line of each of our files. A file without it was made by someone else and is not overwritten. */
export const ownMark = '# Written by buildstream run deploy; changes are lost.';

export const scriptName = /^[0-9a-f]{2}(?:-[0-9a-f]{2}){5}\.ipxe$/;

export function scriptNameOf({ mac }: BootNode): string {
  return `${hyphenMac(mac)}.ipxe`;
}

/** Pause between two attempts: short if a server restarts, long if a thousand nodes send requests to it. */
const pauseSeconds = 5;

/**
 * Boots the node's image and retries forever: if iPXE gave up, the firmware would continue with an old system on the
 * disk. Values must have passed `checkValues`. The kernel gets the name of the initrd because UEFI requires it.
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
