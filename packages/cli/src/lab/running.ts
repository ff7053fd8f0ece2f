import type { UserError } from '@omnia-buildstream/core/errors/userError';
import { NotALabFolder, removeLeftovers } from '@omnia-buildstream/lab/ownership/labFolder';
import { StateError } from '@omnia-buildstream/engine/ports/stateError';
import { cannotRun } from '../cannotRun.ts';
import type { Io } from '../io.ts';
import { listenForEnding } from './ending.ts';
import { startFailure } from './place.ts';

const defaultFolder = 'lab';
/** Labs in one folder of a shell; the first has no number. */
const mostFolders = 100;

interface Started {
  readonly introduction: string;
  /** Resolves when the lab ends by itself; undefined: it never does. */
  readonly ended?: Promise<void> | undefined;
  close(): Promise<void>;
}

interface Running {
  readonly untilEof: boolean;
  /** As named; undefined: the first of lab, lab-2, … that no lab uses. */
  readonly folder: string | undefined;
  /** What helps when the lab does not start for an unknown reason. */
  readonly advice: string;
  readonly start: (folder: string) => Promise<Started>;
}

/** Starts a lab, says what it is, and ends it when it is asked to. @throws UserError */
export async function runLab(io: Io, { untilEof, folder, advice, start }: Running): Promise<void> {
  const ending = listenForEnding(io, { untilEof });
  try {
    if (runsAsRoot(io)) await io.stderr.write(rootWarning);
    await removeLeftovers();
    const lab = await startIn(folder, start).catch((error: unknown) => {
      throw startFailure(error, advice);
    });
    try {
      await io.stdout.write(lab.introduction);
      await Promise.race([ending.asked, ...(lab.ended === undefined ? [] : [lab.ended])]);
    } finally {
      await lab.close();
    }
  } finally {
    ending.dispose();
  }
}

export const rootWarning =
  'Warning: the lab runs as root. It needs no rights of root: run it as an ordinary user, so that nothing it does can harm the machine.\n';

export function runsAsRoot({ uid }: Pick<Io, 'uid'>): boolean {
  return uid === 0;
}

async function startIn(folder: string | undefined, start: Running['start']): Promise<Started> {
  for (let number = 1; ; number++) {
    const name = folder ?? (number === 1 ? defaultFolder : `${defaultFolder}-${String(number)}`);
    try {
      return await start(name);
    } catch (error) {
      const problem = folderProblem(error, name);
      if (problem === undefined) throw error;
      if (folder !== undefined || number === mostFolders) throw problem;
    }
  }
}

/** Undefined when something else is wrong. */
function folderProblem(error: unknown, folder: string): UserError | undefined {
  const advice = 'Name another with --folder.';
  if (error instanceof StateError && error.reason === 'locked') {
    return cannotRun('arguments', `The lab cannot start: another lab runs in the folder ${folder}. ${advice}`);
  }
  if (error instanceof NotALabFolder) {
    const why = `the folder ${folder} has files that no lab has written, or belongs to somebody else`;
    return cannotRun('arguments', `The lab cannot start: ${why}. ${advice}`);
  }
  return undefined;
}
