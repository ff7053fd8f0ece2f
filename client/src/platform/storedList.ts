/**
 * Reads a list that is stored as JSON in VS Code's secret storage. Unreadable text counts as an empty list; invalid
 * entries are skipped.
 */
export function readStoredList<T>(text: string | undefined, isEntry: (value: unknown) => value is T): T[] {
  if (text === undefined) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isEntry) : [];
  } catch {
    return [];
  }
}
