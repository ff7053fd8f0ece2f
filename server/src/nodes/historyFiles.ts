import { runHistoryOf, lastResets, type LastReset, type RunHistory } from '@omnia-buildstream/core/history/runHistory';
import { runsAmong } from '@omnia-buildstream/core/history/runNames';
import { projectFolderOf } from '@omnia-buildstream/core/mapping/projectFolder';
import { historyFolder } from '@omnia-buildstream/core/nodes/projectPlaces';
import type { FileSource } from '../files.ts';
import { pathOf, resolveUri } from '../uris.ts';

/** Older runs are not searched for resets. */
const mostRuns = 20;

export type LastResets = ReadonlyMap<string, LastReset>;

interface ReadRun {
  readonly state: string;
  /** Undefined if it cannot be read or does not say which run it belongs to. */
  readonly run: RunHistory | undefined;
}

interface ReadFolder {
  /** By file name. Runs that are no longer among the newest are dropped. */
  readonly runs: ReadonlyMap<string, ReadRun>;
  readonly last: LastResets;
}

const none: LastResets = new Map();

/** Run histories in the projects of mapping files. A file is read again only if its state has changed. */
export class HistoryFiles {
  readonly #files: FileSource;
  readonly #folders = new Map<string, ReadFolder>();

  constructor(files: FileSource) {
    this.#files = files;
  }

  /** The last reset of each node that was sent from here, by BMC_IP. The same object as long as nothing has changed. */
  async lastResets(mappingUri: string): Promise<LastResets> {
    const root = '../'.repeat(projectFolderOf(pathOf(mappingUri))?.depth ?? 0);
    const folder = resolveUri(`${root}${historyFolder}/`, mappingUri);
    const newest = (names: readonly string[]): readonly string[] => runsAmong(names).slice(0, mostRuns);
    const states = folder === undefined ? undefined : await this.#files.states?.(folder, newest);
    if (folder === undefined || states === undefined) return none;
    const before = this.#folders.get(folder);
    const runs = new Map(
      await Promise.all(
        [...states].map(async ([name, state]): Promise<[string, ReadRun]> => {
          const known = before?.runs.get(name);
          return [name, known?.state === state ? known : await this.#read(folder, name, state)];
        }),
      ),
    );
    const isSame = before?.runs.size === runs.size && [...runs].every(([name, run]) => before.runs.get(name) === run);
    if (isSame) return before.last;
    const last = lastResets([...runs.values()].flatMap(({ run }) => (run === undefined ? [] : [run])));
    this.#folders.set(folder, { runs, last });
    return last;
  }

  async #read(folder: string, name: string, state: string): Promise<ReadRun> {
    const text = await this.#files.read(folder + name);
    return { state, run: text === undefined ? undefined : runHistoryOf(name, text) };
  }
}
