import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';

/** Image groups of the lab: each has an image for every role of the cluster. */
export const labImageGroups = ['rhel-10-r1', 'rhel-10-r2'] as const;

const files = ['vmlinuz', 'initrd.img', 'rootfs.squashfs'] as const;

/** Path of an image's folder on the image server. */
export function imagePath(imageGroup: string, role: string): string {
  return `/boot-images/${imageGroup}/${role}`;
}

/** A group as its build left it, with the images on the given server. */
export function imageGroupOf(
  id: string,
  { roles, server, jobId }: { readonly roles: readonly string[]; readonly server: string; readonly jobId: string },
): ImageGroup {
  const images = roles.map((role) => {
    const [kernel, initrd, rootfs] = files.map((file) => `${server}${imagePath(id, role)}/${file}`);
    if (kernel === undefined || initrd === undefined || rootfs === undefined) throw new Error('three files');
    const params = `root=live:${rootfs} ip=dhcp console=ttyS0`;
    return { role, name: `${role}-${id}`, boot: { kernel, initrd, rootfs, params } };
  });
  return { id, jobId, status: 'BUILT', images };
}
