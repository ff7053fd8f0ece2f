import { runHistoryOf, lastResets, type LastReset, type RunHistory } from '@omnia-buildstream/core/history/runHistory';
import { runsAmong } from '@omnia-buildstream/core/history/runNames';
import { projectFolderOf } from '@omnia-buildstream/core/mapping/projectFolder';
import { historyFolder } from '@omnia-buildstream/core/nodes/projectPlaces';
import type { FileSource } from '../files.ts';
import { pathOf, resolveUri } from '../uris.ts';

/** Resets of older runs are not looked for. */
const mostRuns = 20;

export type LastResets = ReadonlyMap<string, LastReset>;

interface Read {
  readonly size: number;
  readonly run: RunHistory | undefined;
}

const none: LastResets = new Map();

/** The histories of runs in the projects of mapping files. A file of them only grows: it is read again when it has. */
export class HistoryFiles {
  readonly #files: FileSource;
  readonly #read = new Map<string, Read>();
  readonly #resets = new Map<
    string,
    { readonly runs: readonly (RunHistory | undefined)[]; readonly last: LastResets }
  >();

  constructor(files: FileSource) {
    this.#files = files;
  }

  /** The last reset from here of each node, by BMC_IP; the same object as long as nothing has changed. */
  async lastResets(mappingUri: string): Promise<LastResets> {
    const root = '../'.repeat(projectFolderOf(pathOf(mappingUri))?.depth ?? 0);
    const folder = resolveUri(`${root}${historyFolder}/`, mappingUri);
    const sizes = folder === undefined ? undefined : await this.#files.sizes?.(folder);
    if (folder === undefined || sizes === undefined) return none;
    const names = runsAmong(sizes.keys()).slice(0, mostRuns);
    const runs = await Promise.all(names.map((name) => this.#run(folder + name, name, sizes.get(name) ?? 0)));
    const before = this.#resets.get(folder);
    if (before?.runs.length === runs.length && runs.every((run, index) => run === before.runs[index]))
      return before.last;
    const last = lastResets(runs.filter((run) => run !== undefined));
    this.#resets.set(folder, { runs, last });
    return last;
  }

  async #run(uri: string, name: string, size: number): Promise<RunHistory | undefined> {
    const before = this.#read.get(uri);
    if (before?.size === size) return before.run;
    const text = await this.#files.read(uri);
    const run = text === undefined ? undefined : runHistoryOf(name, text);
    this.#read.set(uri, { size, run });
    return run;
  }
}
