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
    // A folder in S3, as the API of 2.2 names it (omnia.md section 7).
    return { role, name: `s3://boot-images/${role}/rhel-${role}_${id}/`, boot: { kernel, initrd, rootfs, params } };
  });
  return { id, jobId, status: 'BUILT', images };
}
