import { folderNameOf } from '@omnia-buildstream/core/plan/imageFolder';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';

const files = ['vmlinuz', 'initrd.img', 'rootfs.squashfs'] as const;

/** Path of an image's folder on the image server, where Omnia's build puts it (omnia.md section 7.2). */
export function imagePath(imageGroup: string, role: string): string {
  return `/boot-images/${role}/${folderNameOf(role, imageGroup)}`;
}

interface Build {
  readonly roles: readonly string[];
  /** Origin of the server with the images. */
  readonly server: string;
  readonly jobId: string;
  /** Groups that have a folder in S3 for a role, as the name of an image lists them; by default only this one. */
  readonly foldersOf?: readonly string[];
}

/** A group after its build, with the images on the given server. */
export function imageGroupOf(id: string, { roles, server, jobId, foldersOf = [id] }: Build): ImageGroup {
  const images = roles.map((role) => {
    const [kernel, initrd, rootfs] = files.map((file) => `${server}${imagePath(id, role)}/${file}`);
    if (kernel === undefined || initrd === undefined || rootfs === undefined) throw new Error('three files');
    const params = `root=live:${rootfs} ip=dhcp console=ttyS0`;
    return { role, name: imageName(role, foldersOf), boot: { kernel, initrd, rootfs, params } };
  });
  return { id, jobId, status: 'BUILT', images };
}

/** Name of an image: in 2.2 its folder in S3, in 2.3 all folders of the role, joined (omnia.md section 7). */
function imageName(role: string, groups: readonly string[]): string {
  return groups.map((group) => `s3:/${imagePath(group, role)}/`).join(';');
}
