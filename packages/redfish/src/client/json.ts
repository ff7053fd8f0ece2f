import { phrase } from '@omnia-buildstream/core/text/phrase';
import { bmcTexts, readingTexts } from '../bmcTexts.ts';
import { BmcError } from '@omnia-buildstream/engine/ports/bmc';
import { isJsonObject, textField, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';

/** Functions that read Redfish resources; missing or malformed values become undefined. */

export function objectAt(value: unknown, ...path: readonly string[]): JsonObject | undefined {
  let current = value;
  for (const name of path) current = isJsonObject(current) ? current[name] : undefined;
  return isJsonObject(current) ? current : undefined;
}

export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const parent = objectAt(value, ...path.slice(0, -1));
  return parent === undefined ? undefined : textField(parent, path.at(-1) ?? '');
}

/** The `@odata.id` of the link at `path`. */
export function linkAt(value: unknown, ...path: readonly string[]): string | undefined {
  return textAt(value, ...path, '@odata.id');
}

export function linksAt(value: unknown, ...path: readonly string[]): string[] {
  const list = objectAt(value, ...path.slice(0, -1))?.[path.at(-1) ?? ''];
  if (!Array.isArray(list)) return [];
  return (list as readonly unknown[]).flatMap((entry) => linkAt(entry) ?? []);
}

export function objectsAt(value: unknown, name: string): readonly JsonObject[] {
  const list = objectAt(value)?.[name];
  return Array.isArray(list) ? (list as readonly unknown[]).filter(isJsonObject) : [];
}

export function textsAt(value: unknown, ...path: readonly string[]): string[] | undefined {
  const list = objectAt(value, ...path.slice(0, -1))?.[path.at(-1) ?? ''];
  return Array.isArray(list) ? (list as readonly unknown[]).filter((entry) => typeof entry === 'string') : undefined;
}

/** The value. @throws BmcError if the BMC does not report what Redfish requires */
export function required<T>(value: T | undefined, what: keyof typeof readingTexts): T {
  if (value === undefined)
    throw new BmcError('protocol', phrase(bmcTexts.notTold, { what: phrase(readingTexts[what]) }));
  return value;
}
