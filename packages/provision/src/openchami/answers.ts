import { phrase, together, type Said } from '@omnia-buildstream/core/text/phrase';
import { openchamiTexts as texts } from './openchamiTexts.ts';
import { isJsonObject, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';
import { ProvisionError } from '@omnia-buildstream/engine/ports/bootProvisioner';
import type { TriedLook } from './service.ts';

/** A list of objects; Go writes an empty list as null. @throws ProvisionError */
export function listOf(value: unknown, path: string): JsonObject[] {
  const list = value ?? [];
  if (Array.isArray(list) && list.every(isJsonObject)) return list;
  throw new ProvisionError('protocol', phrase(texts.notList, { path }));
}

export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

/** The requests and their responses. */
export function askedFor(looks: ReadonlyMap<string, TriedLook>): Said {
  return together(
    [...looks].map(([path, look]) => phrase(texts.asked, { path, why: saidBy(look) })),
    '; ',
  );
}

/** Describes a response that is not the expected one. */
export function saidBy(look: TriedLook): Said {
  switch (look.kind) {
    case 'json':
      return phrase(texts.unknownResponse);
    case 'not-json':
      return phrase(texts.nonJsonResponse);
    case 'absent':
    case 'failed':
      return `HTTP ${String(look.status)}`;
    case 'silent':
      return look.why;
  }
}
