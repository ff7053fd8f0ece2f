import { withTries, type Timeline } from '@omnia-buildstream/core/history/timeline';
import { historyFolder } from '@omnia-buildstream/core/nodes/projectPlaces';
import { historyOf } from '@omnia-buildstream/runner/history/historyPlace';
import { mostVersions, readTimeline } from '@omnia-buildstream/runner/history/readTimeline';
import { projectFolderOf } from '@omnia-buildstream/runner/projectFolder';
import * as vscode from 'vscode';
import { presentError } from '../../errors/presentError.ts';
import { listVersions } from '../../git/listVersions.ts';
import { LatestOnly } from '../../nodes/latestOnly.ts';
import { readTimelineRequest, type TimelineMessage } from '../../pages/runTimeline/messages.ts';
import { later } from '../../platform/clock.ts';
import { DisposableStore } from '../../platform/disposableStore.ts';
import { pageHtml, pageRoots } from '../../platform/pageHtml.ts';
import { machine } from '../machine.ts';
import { currentMapping } from '../requestFiles.ts';
import type { StagesParts } from '../stagesPart.ts';
import { timelineType } from '../stagesPart.ts';
import { detailsOf, triesOf } from './timelineRows.ts';
import { timelineTitle, timelineWords } from './timelineWords.ts';

/** The command line lists older runs. */
const mostRuns = 50;
/** Limits how often files are read, because a run in progress writes all the time. */
const pauseMs = 2_000;

type Parts = Pick<StagesParts, 'extension' | 'nodes' | 'log' | 'gitlabRuns'>;

/** The editor panel that shows the runs of a project as bars, and their nodes over time. There is at most one. */
export class RunTimeline {
  readonly #store = new DisposableStore();
  readonly #parts: Parts;
  readonly #reading = new LatestOnly(() => this.#read());
  #panel: vscode.WebviewPanel | undefined;
  #timeline: Timeline = { tries: [], marks: [], unreadable: [] };
  #pending: { dispose(): void } | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    const watcher = this.#store.add(vscode.workspace.createFileSystemWatcher(`**/${historyFolder}/*.ndjson`));
    const changed = (): void => {
      this.#readLater();
    };
    this.#store.add(watcher.onDidCreate(changed));
    this.#store.add(watcher.onDidChange(changed));
    this.#store.add(watcher.onDidDelete(changed));
    this.#store.add(parts.gitlabRuns.onDidChange(changed));
  }

  show(): void {
    if (this.#panel === undefined) {
      this.use(vscode.window.createWebviewPanel(timelineType, timelineTitle(), vscode.ViewColumn.Active));
    } else this.#panel.reveal();
  }

  /** Fills a panel: a new one, or one that is restored after a reload. */
  use(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    const { extension } = this.#parts;
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: pageRoots(extension) };
    webview.onDidReceiveMessage((message: unknown) => {
      const request = readTimelineRequest(message);
      if (request?.type === 'ready') void this.#start();
      else if (request?.type === 'show') void this.#details(request.file);
    });
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
    webview.html = pageHtml(webview, extension, 'runTimeline.js', timelineTitle());
  }

  dispose(): void {
    this.#pending?.dispose();
    this.#store.dispose();
    this.#panel?.dispose();
  }

  async #start(): Promise<void> {
    this.#post({ type: 'start', texts: timelineWords() });
    await this.#reading.run();
  }

  async #details(file: string): Promise<void> {
    const found = this.#timeline.tries.find((one) => one.file === file);
    if (found === undefined) return;
    // If a log cannot be read, the run is shown without its nodes.
    const told = found.backend === 'gitlab' ? this.#parts.gitlabRuns.withNodes(file).catch(() => undefined) : found;
    this.#post({ type: 'details', details: detailsOf((await told) ?? found) });
  }

  #readLater(): void {
    if (this.#panel?.visible !== true) return;
    this.#pending ??= later(pauseMs, () => {
      this.#pending = undefined;
      void this.#reading.run();
    });
  }

  async #read(): Promise<void> {
    try {
      const uri = await currentMapping(this.#parts.nodes);
      const failed = this.#parts.nodes.list?.failedUri ?? undefined;
      const versions = failed === undefined ? [] : await listVersions(vscode.Uri.parse(failed), mostVersions);
      const place = historyOf(projectFolderOf(uri.fsPath));
      const own = await readTimeline(place, machine, mostRuns, versions);
      this.#timeline = withTries(own, await this.#inGitLab());
      this.#post(triesOf(this.#timeline));
    } catch (error) {
      void presentError(error, this.#parts.log);
    }
  }

  /** Runs in GitLab. Empty if GitLab cannot be reached, so that local runs are still shown. */
  async #inGitLab(): Promise<Timeline['tries']> {
    try {
      return await this.#parts.gitlabRuns.tries();
    } catch (error) {
      this.#parts.log.warn(`The runs in GitLab: ${String(error)}`);
      return [];
    }
  }

  #post(message: TimelineMessage): void {
    void this.#panel?.webview.postMessage(message);
  }
}
