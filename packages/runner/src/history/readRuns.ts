import { runHistoryOf, type RunHistory } from '@omnia-buildstream/core/history/runHistory';
import { runsAmong } from '@omnia-buildstream/core/history/runNames';
import { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import { codeOf } from '@omnia-buildstream/engine/files/fileSystem';
import type { Machine } from '../machine.ts';
import type { HistoryPlace } from './historyPlace.ts';

/** The runs of a project, the newest first, each read when it is asked for. @throws what the file system throws */
export async function* readRuns(
  { folder, within }: HistoryPlace,
  { fs }: Pick<Machine, 'fs'>,
): AsyncGenerator<RunHistory> {
  const own = new OwnFolder(folder, fs, within);
  await own.check();
  for (const name of runsAmong(await namesIn(own))) {
    const run = runHistoryOf(name, (await own.read(name)) ?? '');
    if (run !== undefined) yield run;
  }
}

async function namesIn(folder: OwnFolder): Promise<readonly string[]> {
  try {
    return await folder.names();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
