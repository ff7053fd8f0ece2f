import { isJsonObject, jsonObjectIn, type JsonObject } from '../text/jsonFields.ts';

/** What a catalog says about itself. */
export interface CatalogIdentity {
  readonly identifier: string;
  readonly version: string;
  /** The image group that building it creates: `<identifier>-v<version>` (omnia.md section 8). */
  readonly imageGroup: string;
}

/**
 * Reads `catalog.identifier` and `catalog.version`; catalogs of 2.1 and 2.2 write the keys with capitals. Undefined when
 * one of them is missing. Never throws.
 */
export function catalogIdentity(text: string): CatalogIdentity | undefined {
  const root = jsonObjectIn(text.replace(/^\ufeff/, ''));
  const catalog = root === undefined ? undefined : fieldOf(root, 'catalog', 'Catalog');
  if (!isJsonObject(catalog)) return undefined;
  const identifier = plain(fieldOf(catalog, 'identifier', 'Identifier'));
  const version = plain(fieldOf(catalog, 'version', 'Version'));
  if (identifier === '' || version === '') return undefined;
  return { identifier, version, imageGroup: `${identifier}-v${version}` };
}

function fieldOf(object: JsonObject, name: string, older: string): unknown {
  return object[name] ?? object[older];
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}
