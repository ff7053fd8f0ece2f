/** For reading messages: nothing from the other side of a webview is trusted until it is checked. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

export function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}

/** The texts of all keys. Undefined if one is missing. */
export function textsOf<Key extends string>(value: unknown, keys: readonly Key[]): Record<Key, string> | undefined {
  if (!isFields(value)) return undefined;
  const found = keys.flatMap((key) => (isText(value[key]) ? [[key, value[key]] as const] : []));
  return found.length === keys.length ? (Object.fromEntries(found) as Record<Key, string>) : undefined;
}
