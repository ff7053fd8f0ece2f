import { greatest } from '@omnia-buildstream/core/text/lists';
import type { UserError } from '@omnia-buildstream/core/errors/userError';
import path from 'node:path';
import { readTestReport } from '@omnia-buildstream/core/testReport/read';
import type { TestReport } from '@omnia-buildstream/core/testReport/types';
import { attemptFiles, attemptsAmong } from '@omnia-buildstream/engine/validate/report/attemptFolder';
import { causeOf, codeOf, cannotRun } from '../cannotRun.ts';
import type { Io } from '../io.ts';

/** The last attempt to test the nodes. */
export interface LastReport {
  readonly attempt: number;
  /** Path of the report, or where it would be. */
  readonly file: string;
  /** undefined: the attempt has not ended, or was killed. */
  readonly report: TestReport | undefined;
}

/** Of the attempts in a folder; undefined when there is none. @throws UserError */
export async function lastReport(folder: string, io: Io): Promise<LastReport | undefined> {
  const attempt = greatest(await attemptsIn(folder, io), 0);
  if (attempt === 0) return undefined;
  const file = `${folder}/attempt_${String(attempt)}/${attemptFiles.report}`;
  return { attempt, file, report: await reportIn(file, io) };
}

async function attemptsIn(folder: string, io: Io): Promise<number[]> {
  try {
    return attemptsAmong(await io.fs.readdir(path.resolve(io.cwd, folder)));
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw unreadable(folder, error);
  }
}

async function reportIn(file: string, io: Io): Promise<TestReport | undefined> {
  try {
    return readTestReport(JSON.parse(await io.fs.readFile(path.resolve(io.cwd, file), 'utf8')) as unknown);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw unreadable(file, error);
  }
}

function unreadable(place: string, error: unknown): UserError {
  return cannotRun('file', `${place} cannot be read: ${causeOf(error)}.`);
}
