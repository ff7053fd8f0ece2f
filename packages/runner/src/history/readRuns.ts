import { runHistoryOf, type RunHistory } from '@omnia-buildstream/core/history/runHistory';
import { runsAmong } from '@omnia-buildstream/core/history/runNames';
import { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import { codeOf } from '@omnia-buildstream/engine/files/fileSystem';
import type { Machine } from '../machine.ts';
import type { HistoryPlace } from './historyPlace.ts';

/** One file of the history. */
export type RunFile = { readonly kind: 'read'; readonly file: string; readonly run: RunHistory } | UnreadableRun;

/** A run of which only the file name is known. */
export interface UnreadableRun {
  readonly kind: 'unreadable';
  readonly file: string;
  /**
   * What the file system threw; undefined if the file does not identify its run because the beginning was not written.
   */
  readonly cause: unknown;
}

/**
 * The runs of a project, newest first, each read on demand; unreadable ones are included.
 * @throws what the file system throws for the folder
 */
export async function* readRuns(
  { folder, within }: HistoryPlace,
  { fs }: Pick<Machine, 'fs'>,
): AsyncGenerator<RunFile> {
  const own = new OwnFolder(folder, fs, within);
  await own.check();
  for (const file of runsAmong(await namesIn(own))) yield await readRun(own, file);
}

async function readRun(folder: OwnFolder, file: string): Promise<RunFile> {
  try {
    const run = runHistoryOf(file, (await folder.read(file)) ?? '');
    return run === undefined ? { kind: 'unreadable', file, cause: undefined } : { kind: 'read', file, run };
  } catch (cause) {
    return { kind: 'unreadable', file, cause };
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
