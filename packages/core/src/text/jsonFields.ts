/** Reading of JSON values whose shape nobody guarantees. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined for a text that is not JSON, or not an object. Never throws. */
export function jsonObjectIn(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function textField(object: JsonObject, name: string): string | undefined {
  const value = object[name];
  return typeof value === 'string' ? value : undefined;
}

/** A text, number, or yes or no as a word; empty for anything else, whose own `toString` may be anything. */
export function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** A count: Omnia writes integers, or through its templates numeric strings. */
export function countField(object: JsonObject, name: string): number | undefined {
  const value = object[name];
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  return typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : undefined;
}

/** Milliseconds since the epoch; BuildStreaM writes an offset and a `Z` behind it. Undefined: it is no time. */
export function timeIn(text: string | undefined): number | undefined {
  const ms = Date.parse(text?.replace(/([+-]\d\d:?\d\d)Z$/i, '$1') ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}
