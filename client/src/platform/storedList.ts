/** Reads a list that lies in VS Code's secret storage as JSON; what is not readable counts as not given. */
export function readStoredList<T>(text: string | undefined, isEntry: (value: unknown) => value is T): T[] {
  if (text === undefined) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isEntry) : [];
  } catch {
    return [];
  }
}
