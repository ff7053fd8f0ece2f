/** Characters of an id that 2.2 writes as `_` in the name of its select job; 2.3 uses the id as it is. */
const signs = /[-/ ]/g;

/**
 * Whether two names are of one image group, each its id or what the job's name says about it. An id of 2.3 always has a
 * `-` before its version, so two names with such characters are two ids, and ids that differ in one are two groups.
 * Only a name without any of them may be what 2.2 made of the other. Case matters everywhere (omnia.md section 8).
 */
export function isSameGroup(one: string, other: string): boolean {
  if (one === other) return true;
  const [plainOne, plainOther] = [plainGroup(one), plainGroup(other)];
  return plainOne === plainOther && (plainOne === one || plainOther === other);
}

/** One form for the id and for what 2.2 makes of it. Two groups may share it: it does not say which one it is. */
export function plainGroup(name: string): string {
  return name.replaceAll(signs, '_');
}
