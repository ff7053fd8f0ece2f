import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { saidOf } from '@omnia-buildstream/core/text/saidError';
import { imageListTexts as texts } from './imageListTexts.ts';
import { isJsonObject, textField, timeIn, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';
import {
  ImageSourceError,
  type BootFiles,
  type ImageGroup,
  type RoleImage,
} from '@omnia-buildstream/engine/ports/images';

/**
 * Reads a list of image groups: `{"image_groups": [{"image_group_id", "job_id", "status", "created_at", "images":
 * [{"role", "image_name", "kernel", "initrd", "rootfs", "params"}]}]}`. The names are those of the BuildStreaM API
 * (omnia.md section 7), so its response is also a valid list. Only IDs, roles and names are required; further keys are
 * ignored. `file` is for messages. Newest first by `created_at`; groups without it keep their order, after those that
 * have it.
 * @throws ImageSourceError
 */
export function readImageList(text: string, file: string): ImageGroup[] {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw unreadable(phrase(texts.notJson, { file, why: saidOf(error) }));
  }
  const groups = listIn(value, 'image_groups', file).map((entry, index) => {
    const place = `${file}: image_groups[${String(index)}]`;
    return { group: groupOf(entry, place), createdAt: textField(entry, 'created_at') ?? '' };
  });
  const ids = groups.map(({ group }) => group.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw unreadable(phrase(texts.twice, { file, group: twice }));
  return groups
    .sort((one, other) => (one.createdAt < other.createdAt ? 1 : one.createdAt > other.createdAt ? -1 : 0))
    .map(({ group }) => group);
}

function groupOf(entry: JsonObject, place: string): ImageGroup {
  const updatedAt = timeIn(textField(entry, 'updated_at') ?? textField(entry, 'created_at'));
  return {
    ...(updatedAt !== undefined && { updatedAt }),
    id: needed(entry, 'image_group_id', place),
    jobId: optional(entry, 'job_id', place),
    status: optional(entry, 'status', place) ?? 'BUILT',
    images: listIn(entry, 'images', place).map((image, index) => imageOf(image, `${place}.images[${String(index)}]`)),
  };
}

function imageOf(entry: JsonObject, place: string): RoleImage {
  return {
    role: needed(entry, 'role', place),
    // Empty if BuildStreaM 2.3 found no folder for the role (omnia.md section 7.2).
    name: entry['image_name'] === '' ? '' : needed(entry, 'image_name', place),
    boot: bootOf(entry, place),
  };
}

function bootOf(entry: JsonObject, place: string): BootFiles | undefined {
  if (entry['kernel'] === undefined && entry['initrd'] === undefined) return undefined;
  return {
    kernel: needed(entry, 'kernel', place),
    initrd: needed(entry, 'initrd', place),
    rootfs: optional(entry, 'rootfs', place),
    params: optional(entry, 'params', place) ?? '',
  };
}

function listIn(value: unknown, name: string, place: string): JsonObject[] {
  const list = isJsonObject(value) ? value[name] : undefined;
  if (!Array.isArray(list)) throw unreadable(phrase(texts.noList, { place, name }));
  return (list as readonly unknown[]).map((entry, index) => {
    if (isJsonObject(entry)) return entry;
    throw unreadable(phrase(texts.notObject, { place, name, index }));
  });
}

function needed(entry: JsonObject, name: string, place: string): string {
  const value = textField(entry, name);
  if (value !== undefined && value !== '') return value;
  throw unreadable(phrase(texts.missing, { place, name }));
}

function optional(entry: JsonObject, name: string, place: string): string | undefined {
  const value = entry[name] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value === 'string') return value === '' ? undefined : value;
  throw unreadable(phrase(texts.notText, { place, name }));
}

function unreadable(what: Phrase): ImageSourceError {
  return new ImageSourceError('unreadable', what);
}
