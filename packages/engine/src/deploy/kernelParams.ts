import type { BootFiles } from '../ports/images.ts';

/**
 * The kernel's parameters. A root file system that they do not name yet is added in the form that dracut's
 * `dmsquash-live` accepts, as in OpenCHAMI's examples.
 */
export function kernelParams({ params, rootfs }: BootFiles): string {
  const given = params.trim();
  if (rootfs === undefined || given.includes(rootfs)) return given;
  return [`root=live:${rootfs}`, given].filter((part) => part !== '').join(' ');
}
