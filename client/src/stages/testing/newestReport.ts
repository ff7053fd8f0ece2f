import { access, readdir } from 'node:fs/promises';
import path from 'node:path';

/** The newest report of validate in a folder with `attempt_N/`; undefined when there is none. */
export async function newestReport(folder: string): Promise<string | undefined> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch {
    return undefined;
  }
  const attempts = names.flatMap((name) => /^attempt_(\d+)$/.exec(name)?.[1] ?? []).map(Number);
  for (const attempt of attempts.sort((one, other) => other - one)) {
    const file = path.join(folder, `attempt_${String(attempt)}`, 'test_report.json');
    try {
      await access(file);
      return file;
    } catch {
      // A run that was killed has none.
    }
  }
  return undefined;
}
