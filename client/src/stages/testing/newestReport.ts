import { access, readdir } from 'node:fs/promises';
import path from 'node:path';
import { attemptsAmong } from '@omnia-buildstream/engine/validate/report/attemptFolder';

/** Path of the newest validate report in a folder of `attempt_N/` folders. Undefined if there is none. */
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
      // A run that was killed leaves no report.
    }
  }
  return undefined;
}
