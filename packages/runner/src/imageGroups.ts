import { readRegularFile } from '@omnia-buildstream/engine/files/readRegularFile';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import { FileImageSource } from '@omnia-buildstream/provision/images/fileImageSource';
import { withTemplate, type ImageTemplate } from '@omnia-buildstream/provision/images/imageTemplate';

/** A list of image groups on disk. */
export interface ImageList {
  /** Absolute path. */
  readonly file: string;
  /** How images are booted if the list does not say so; undefined: they cannot be deployed. */
  readonly template: ImageTemplate | undefined;
}

/** The image groups of a list, newest first. @throws ImageSourceError */
export async function imageGroupsOf({ file, template }: ImageList): Promise<readonly ImageGroup[]> {
  const groups = await new FileImageSource(file, readRegularFile).list(new AbortController().signal);
  return template === undefined ? groups : groups.map((group) => withTemplate(group, template));
}
