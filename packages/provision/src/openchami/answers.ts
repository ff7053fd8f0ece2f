import { phrase } from '@omnia-buildstream/core/text/phrase';
import { openchamiTexts as texts } from './openchamiTexts.ts';
import { isJsonObject, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';
import { ProvisionError } from '@omnia-buildstream/engine/ports/bootProvisioner';

/** A list of objects; Go writes an empty one as null. @throws ProvisionError */
export function listOf(value: unknown, path: string): JsonObject[] {
  const list = value ?? [];
  if (Array.isArray(list) && list.every(isJsonObject)) return list;
  throw new ProvisionError('protocol', phrase(texts.notList, { path }));
}

export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
