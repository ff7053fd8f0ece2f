import { access, readdir } from 'node:fs/promises';
import path from 'node:path';
import { attemptsAmong } from '@omnia-buildstream/engine/validate/report/attemptFolder';

/** The newest report of validate in a folder with `attempt_N/`; undefined when there is none. */
export async function newestReport(folder: string): Promise<string | undefined> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch {
    return undefined;
  }
  for (const attempt of attemptsAmong(names).sort((one, other) => other - one)) {
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
