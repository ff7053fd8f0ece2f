import { imageFolderOf } from '@omnia-buildstream/core/plan/imageFolder';
import type { BootFiles, ImageGroup, RoleImage } from '@omnia-buildstream/engine/ports/images';

/**
 * How images are booted if their source reports only role and name, as the BuildStreaM API does (omnia.md section 7).
 * In URLs, `{role}`, `{image}` and `{group}` are replaced by the values, encoded as parts of a path; in parameters, by
 * the values unchanged. If the name of an image is a folder in S3, `{bucket}`, `{path}` (in the bucket) and `{folder}`
 * (its last part) are replaced by the parts of the name.
 */
export interface ImageTemplate {
  readonly kernel: string;
  readonly initrd: string;
  readonly rootfs: string | undefined;
  readonly params: string;
}

/** Placeholders that require a folder. */
const ofFolder = /\{(?:bucket|path|folder)\}/;

/** The group with boot files for every image that has none; boot files from the source are kept. */
export function withTemplate(group: ImageGroup, template: ImageTemplate): ImageGroup {
  const images = group.images.map((image) => ({ ...image, boot: image.boot ?? bootFilesOf(image, group, template) }));
  return { ...group, images };
}

/** Undefined if a pattern requires a folder and the image has none or several, or if the image has no name. */
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
