/** `{perPage: 20, scope: ['a', 'b']}` → `per_page=20&scope[]=a&scope[]=b`, encoded. */
export function queryOf(parameters: Readonly<Record<string, unknown>>): string {
  const pairs: string[] = [];
  for (const [key, value] of Object.entries(parameters)) {
    const name = encodeURIComponent(snakeCase(key));
    if (Array.isArray(value)) for (const item of value) pairs.push(`${name}[]=${encodeURIComponent(String(item))}`);
    else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      pairs.push(`${name}=${encodeURIComponent(value)}`);
    }
  }
  return pairs.join('&');
}

/** Turns gitbeaker's `lastCommitId` into GitLab's `last_commit_id`. Names given by users (`inputs`) stay unchanged. */
export function snakeCaseKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCaseKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [snakeCase(key), key === 'inputs' ? item : snakeCaseKeys(item)]),
  );
}

function snakeCase(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
