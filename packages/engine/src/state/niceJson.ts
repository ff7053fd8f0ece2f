/**
 * JSON as Omnia writes it (Ansible's `to_nice_json`): keys in alphabetical order, four blanks, other than ASCII escaped,
 * no line end after the last bracket. Keys with the value undefined are left out.
 */
export function niceJson(value: unknown): string {
  const text = JSON.stringify(sorted(value), undefined, 4);
  return text.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  return Object.fromEntries(entries.map(([name, child]) => [name, sorted(child)]));
}
