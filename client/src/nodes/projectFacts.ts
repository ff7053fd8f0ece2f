import { projectOfFailedList } from '@omnia-buildstream/core/nodes/projectPlaces';
import { projectFolderOf } from '@omnia-buildstream/runner/projectFolder';
import type { NodeList } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import { DisposableStore } from '../platform/disposableStore.ts';
import { LatestOnly } from './latestOnly.ts';
import type { LiveNodes } from './liveNodes.ts';
import type { NodesSource } from './nodesSource.ts';

type Show = () => void;

/** Files of a project with facts about its nodes, from any window. */
export interface FactFiles {
  /** Glob pattern, relative to the project folder. */
  readonly pattern: string;
  /** Reads the files. Resolves to a function that shows their facts on the listed nodes. Never rejects. */
  readonly read: (project: vscode.Uri) => Promise<Show>;
}

/**
 * Reads and watches the fact files of the project in the Nodes view, once its nodes are known. If another project is
 * shown, the facts of the previous one are forgotten, because the same addresses may be other machines there.
 */
export class ProjectFacts {
  readonly #store = new DisposableStore();
  readonly #source: Pick<NodesSource, 'list' | 'onDidChange'>;
  readonly #live: Pick<LiveNodes, 'forgetSeen'>;
  readonly #all: readonly FactFiles[];
  /** Watchers of the current project. */
  #watchers = new DisposableStore();
  #shown = new Map<FactFiles, Show>();
  #project: string | undefined;

  constructor(
    source: Pick<NodesSource, 'list' | 'onDidChange'>,
    live: Pick<LiveNodes, 'forgetSeen'>,
    all: readonly FactFiles[],
  ) {
    this.#source = source;
    this.#live = live;
    this.#all = all;
    this.#store.add(
      source.onDidChange(() => {
        this.#follow();
      }),
    );
    this.#follow();
  }

  dispose(): void {
    this.#watchers.dispose();
    this.#store.dispose();
  }

  #follow(): void {
    const project = shownProject(this.#source.list);
    if (project?.toString() === this.#project) {
      // The files may have been read before the nodes were listed.
      for (const show of this.#shown.values()) show();
      return;
    }
    this.#project = project?.toString();
    this.#watchers.dispose();
    this.#watchers = new DisposableStore();
    this.#shown = new Map();
    this.#live.forgetSeen();
    if (project !== undefined) for (const files of this.#all) this.#watch(project, files);
  }

  #watch(project: vscode.Uri, files: FactFiles): void {
    const shown = this.#shown;
    const reading = new LatestOnly(async () => {
      const show = await files.read(project);
      if (shown !== this.#shown) return;
      shown.set(files, show);
      show();
    });
    const read = (): void => void reading.run();
    const pattern = new vscode.RelativePattern(project, files.pattern);
    const watcher = this.#watchers.add(vscode.workspace.createFileSystemWatcher(pattern));
    for (const on of [watcher.onDidCreate, watcher.onDidChange]) this.#watchers.add(on(read));
    read();
  }
}

/** The folder of the project whose nodes are listed. Undefined if none are. */
export function shownProject(list: NodeList | null | undefined): vscode.Uri | undefined {
  const { mappingUri = null, failedUri = null } = list ?? {};
  if (mappingUri !== null) {
    const file = vscode.Uri.parse(mappingUri);
    return file.with({ path: projectFolderOf(file.path) });
  }
  if (failedUri === null) return undefined;
  const file = vscode.Uri.parse(failedUri);
  return file.with({ path: projectOfFailedList(file.path) });
}
