import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The content of all files below a folder that may be in use, by their absolute paths, a character a byte. What goes while
 * it is read is gone, and what cannot be read as a file (a socket) has no content; a folder that is not there has no files.
 * @param leftOut names of folders directly below that are not looked into
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

/** Undefined when what it looks at has gone. */
function orGone<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
