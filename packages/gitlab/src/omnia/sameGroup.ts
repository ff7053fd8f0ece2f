/** Characters of an ID that 2.2 writes as `_` in the name of its select job; 2.3 uses the ID unchanged. */
const signs = /[-/ ]/g;

/**
 * Whether two names mean the same image group. Each is the group's ID or its form in the job's name. An ID of 2.3
 * always has a `-` before its version, so two names with such characters are two IDs, and IDs that differ in one are
 * two groups. Only a name without any of them may be the 2.2 form of the other. Case matters everywhere (omnia.md
 * section 8).
 */
export function isSameGroup(one: string, other: string): boolean {
  if (one === other) return true;
  const [plainOne, plainOther] = [plainGroup(one), plainGroup(other)];
  return plainOne === plainOther && (plainOne === one || plainOther === other);
}

/** The common form of an ID and of what 2.2 turns it into. Two groups may share it, so it does not identify a group. */
export function plainGroup(name: string): string {
  return name.replaceAll(signs, '_');
}
