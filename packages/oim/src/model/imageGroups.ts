import { countField, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import { listField, objectField, objectIn, saidField, timeField } from './read.ts';

export interface ImagePage {
  readonly groups: readonly ImageGroup[];
  /** Number of matching groups on all pages; undefined if the API does not report it. */
  readonly total: number | undefined;
  readonly hasMore: boolean | undefined;
}

/** Reads one page of GET /images (omnia.md section 7). Entries without an ID are omitted. @throws OimError */
export function readImagePage(text: string): ImagePage {
  const object = objectIn(text, 'GET /images');
  const pagination = objectField(object, 'pagination') ?? {};
  const hasMore = pagination['has_more'];
  return {
    groups: listField(object, 'image_groups').flatMap(readGroup),
    total: countField(pagination, 'total_count') ?? countField(pagination, 'total'),
    hasMore: typeof hasMore === 'boolean' ? hasMore : undefined,
  };
}

function readGroup(object: JsonObject): ImageGroup[] {
  const id = saidField(object, 'image_group_id');
  if (id === undefined) return [];
  const images = listField(object, 'images').flatMap((image) => {
    const role = saidField(image, 'role');
    return role === undefined ? [] : [{ role, name: saidField(image, 'image_name') ?? '', boot: undefined }];
  });
  return [
    {
      id,
      jobId: saidField(object, 'job_id'),
      status: saidField(object, 'status') ?? 'UNKNOWN',
      images,
      updatedAt: timeField(object, 'updated_at'),
    },
  ];
}
