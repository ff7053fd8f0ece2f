import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The content of all files below a folder that may be in use, by absolute path, one character per byte. A file that
 * disappears while it is read is left out, as is anything that cannot be read as a file (a socket). A missing folder
 * has no files.
 * @param leftOut names of folders directly below that are skipped
 */
export function filesNow(folder: string, leftOut: readonly string[] = []): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const entries = orGone(() => readdirSync(folder, { withFileTypes: true })) ?? [];
  for (const entry of entries) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory() && !leftOut.includes(entry.name)) {
      for (const [file, text] of filesNow(place)) files.set(file, text);
    }
    const text = entry.isFile() ? orGone(() => readFileSync(place, 'latin1')) : undefined;
    if (text !== undefined) files.set(place, text);
  }
  return files;
}

/** Undefined if the file or folder no longer exists. */
function orGone<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
