/** The placeholders in the addresses of an image's boot files. */
export const placeholders = ['role', 'image', 'group', 'bucket', 'path', 'folder'] as const;

/** The placeholders in a pattern that mean nothing. */
export function unknownPlaceholders(pattern: string): string[] {
  const names = [...pattern.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? '');
  return names.filter((name) => !(placeholders as readonly string[]).includes(name));
}
