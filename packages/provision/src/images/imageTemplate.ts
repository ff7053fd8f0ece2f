import { imageFolderOf } from '@omnia-buildstream/core/plan/imageFolder';
import type { BootFiles, ImageGroup, RoleImage } from '@omnia-buildstream/engine/ports/images';

/**
 * How images are booted whose source tells only role and name, as BuildStreaM's API does (omnia.md section 7). In URLs
 * `{role}`, `{image}` and `{group}` stand for the values, encoded for a part of a path; in parameters for them as they are.
 * Where the name of an image is a folder in S3, `{bucket}`, `{path}` (in the bucket) and `{folder}` (its last part) stand
 * for the parts of it.
 */
export interface ImageTemplate {
  readonly kernel: string;
  readonly initrd: string;
  readonly rootfs: string | undefined;
  readonly params: string;
}

/** Those that need a folder. */
const ofFolder = /\{(?:bucket|path|folder)\}/;

/** The group with boot files for every image that has none; what a source tells stays. */
export function withTemplate(group: ImageGroup, template: ImageTemplate): ImageGroup {
  const images = group.images.map((image) => ({ ...image, boot: image.boot ?? bootFilesOf(image, group, template) }));
  return { ...group, images };
}

/** Undefined: the pattern needs a folder, and the image has none, or several. */
function bootFilesOf({ role, name }: RoleImage, { id }: ImageGroup, template: ImageTemplate): BootFiles | undefined {
  const found = imageFolderOf(name, id);
  const patterns = [template.kernel, template.initrd, template.rootfs ?? '', template.params];
  if (name === '' || (found === undefined && patterns.some((pattern) => ofFolder.test(pattern)))) return undefined;
  const values: Readonly<Record<string, string>> = { role, image: name, group: id, ...found };
  const fill = (pattern: string, encode: (value: string) => string): string =>
    pattern.replaceAll(/\{(role|image|group|bucket|path|folder)\}/g, (_, key: string) =>
      key === 'path' ? (values[key] ?? '').split('/').map(encode).join('/') : encode(values[key] ?? ''),
    );
  return {
    kernel: fill(template.kernel, encodeURIComponent),
    initrd: fill(template.initrd, encodeURIComponent),
    rootfs: template.rootfs === undefined ? undefined : fill(template.rootfs, encodeURIComponent),
    params: fill(template.params, (value) => value),
  };
}
