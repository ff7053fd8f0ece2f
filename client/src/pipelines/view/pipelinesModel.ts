import { isGitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import type { Pipeline } from '@omnia-buildstream/gitlab/model/pipeline';
import type { PollResult } from '@omnia-buildstream/gitlab/poll/poller';
import { PipelineWatcher } from '@omnia-buildstream/gitlab/poll/watcher';
import { phaseOf } from '@omnia-buildstream/gitlab/status/statuses';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { typesOf } from '@omnia-buildstream/gitlab/tree/pipelineType';
import type { FailedCount } from '../pipelineSummary.ts';
import { LookSchedule } from './lookSchedule.ts';
import { noFilter, type ViewFilter } from './pipelineFilter.ts';
import { RestartWatch, type RestartParts } from '../restart/restartWatch.ts';
import type { PipelineNews } from './pipelineNews.ts';
import { RunFailures } from './runFailures.ts';
import type { OpenProject, ProjectSession } from '../project/projectSession.ts';
import type { WaitedFor } from '../waitedFor.ts';
import { clock } from '../../platform/clock.ts';

const pageSize = 20;
/** One lost answer is normal; a second one is worth reporting. */
const mostMissed = 2;
/** GitLab returns no more at once, and one request has to reveal every change. */
const mostPipelines = 100;

interface ModelParts {
  readonly session: ProjectSession;
  readonly news: PipelineNews;
  /** What was waited for before this window, account, or project. */
  readonly waited: Pick<WaitedFor, 'isAny' | 'idsIn'>;
  readonly restarts: RestartParts;
  readonly onChange: () => void;
}

/** What the view shows, and when it is looked up again. Owned by its creator. */
export class PipelinesModel {
  readonly #session: ProjectSession;
  readonly #news: PipelineNews;
  readonly #waited: ModelParts['waited'];
  readonly #onChange: () => void;
  readonly #restarts: RestartWatch;
  /** When to look again. */
  readonly schedule: LookSchedule;
  readonly #trees = new Map<number, PipelineNode>();
  readonly #failures = new RunFailures();
  #answeredMs: number | undefined;
  /** Looks in a row without an answer. */
  #missed = 0;
  #watcher: PipelineWatcher | undefined;
  #watched: OpenProject | undefined;
  #pipelines: readonly Pipeline[] | undefined;
  #wanted = pageSize;
  #filter: ViewFilter = noFilter;
  #error: unknown;
  /** Polls run one after the other, regardless of who requests them. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor({ session, news, waited, restarts, onChange }: ModelParts) {
    this.#session = session;
    this.#restarts = new RestartWatch(restarts);
    this.#news = news;
    this.#waited = waited;
    this.#onChange = onChange;
    this.schedule = new LookSchedule({
      poll: (signal) => this.#poll(signal),
      // Until the server has answered, it is unknown whether its project contains what an earlier window waited for.
      isAwaited: () => news.open.length > 0 || (this.#watched === undefined && waited.isAny),
      isRestarting: () => this.#restarts.isFollowing,
    });
  }

  /** Pipelines of the selected type. Undefined before the first answer and without a project. */
  get pipelines(): readonly Pipeline[] | undefined {
    const { type } = this.#filter;
    if (type === undefined) return this.#pipelines;
    return this.#pipelines?.filter(({ id }) => {
      const tree = this.#trees.get(id);
      return tree !== undefined && typesOf(tree).has(type);
    });
  }

  get all(): readonly Pipeline[] {
    return this.#pipelines ?? [];
  }

  get trees(): ReadonlyMap<number, PipelineNode> {
    return this.#trees;
  }

  /** How many nodes failed in a pipeline that is over. Undefined if none failed, or if the number is unknown. */
  failedIn(pipelineId: number): FailedCount | undefined {
    return this.#failures.of(pipelineId);
  }

  /** Whether at least two looks in a row got no answer. */
  get isSilent(): boolean {
    return this.#missed >= mostMissed;
  }

  /**
   * Progress of a restart according to its log, in the user's language. Empty if none is running, or if nothing was
   * read about it.
   */
  get restartText(): string {
    return this.#restarts.text;
  }

  /** The project that is shown. Undefined if there is none, or before the first look. */
  get project(): OpenProject | undefined {
    return this.#watched;
  }

  /** When GitLab last answered, milliseconds since the epoch. Undefined if it has not answered yet. */
  get answeredMs(): number | undefined {
    return this.#answeredMs;
  }

  get filter(): ViewFilter {
    return this.#filter;
  }

  /** Why the last look failed. Undefined if it did not. */
  get error(): unknown {
    return this.#error;
  }

  get hasMore(): boolean {
    return this.#wanted < mostPipelines && this.all.length === this.#wanted;
  }

  /** Looks now. Failures are kept in `error`. */
  async refresh(): Promise<void> {
    try {
      const { isChanged } = await this.#poll(new AbortController().signal);
      if (isChanged) this.schedule.wake();
    } catch {
      // The failure is in `error`, and the view shows it.
    }
    this.schedule.setSignedIn(this.#watched !== undefined);
  }

  /** Loads the jobs of a pipeline and keeps them up to date. @throws GitLabError */
  async openTree(pipelineId: number): Promise<PipelineNode | undefined> {
    if (!this.#trees.has(pipelineId)) {
      this.#watcher?.open(pipelineId);
      await this.#poll(new AbortController().signal);
    }
    return this.#trees.get(pipelineId);
  }

  /** Called when the user looks at the jobs of a pipeline; its further course is then reported. */
  watch(pipelineId: number): void {
    this.#news.watch(pipelineId, this.#trees.get(pipelineId));
  }

  /** Called when the user has started a pipeline; its first step and its end are then reported too. */
  watchStarted(pipelineId: number): void {
    this.#news.watchStarted(pipelineId);
  }

  /**
   * Called when the user is guided through a pipeline, which ends when the result is disposed of. The end of the
   * pipeline is reported like that of any watched one.
   */
  guided(pipelineId: number): { dispose(): void } {
    this.watch(pipelineId);
    return this.#news.guided(pipelineId);
  }

  async setFilter(filter: ViewFilter): Promise<void> {
    this.#filter = filter;
    this.#askFor();
    await this.refresh();
    this.#closeUnlisted();
    this.#onChange();
  }

  async loadMore(): Promise<void> {
    this.#wanted = Math.min(mostPipelines, this.#wanted + pageSize);
    this.#askFor();
    await this.refresh();
  }

  /** Forgets everything, after a change of account or project. */
  reset(): void {
    this.#watcher = undefined;
    this.#watched = undefined;
    this.#pipelines = undefined;
    this.#error = undefined;
    this.#trees.clear();
    this.#failures.clear();
    this.#restarts.clear();
    this.#answeredMs = undefined;
    this.#missed = 0;
    this.#news.clear();
    this.schedule.setSignedIn(false);
    this.#onChange();
  }

  dispose(): void {
    this.schedule.dispose();
  }

  async #poll(signal: AbortSignal): Promise<PollResult> {
    const mine = this.#queue.then(() => this.#pollNow(signal));
    this.#queue = mine.catch(() => undefined);
    return mine;
  }

  async #pollNow(signal: AbortSignal): Promise<PollResult> {
    const before = this.#error;
    try {
      const watcher = this.#watcherOf(await this.#session.current());
      if (watcher === undefined) return { activity: 'idle', isChanged: false };
      const result = await watcher.poll(signal);
      this.#error = undefined;
      this.#answeredMs = clock.now();
      this.#missed = 0;
      const isMore = this.#openWanted(watcher);
      if (isMore) await watcher.poll(signal);
      if (this.#watched !== undefined && (await this.#failures.learn(this.#watched, this.#trees))) this.#onChange();
      await this.#followRestart(signal);
      if (before !== undefined) this.#onChange();
      return result;
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
      throw error;
    }
  }

  async #followRestart(signal: AbortSignal): Promise<void> {
    if (this.#watched === undefined) return;
    const before = this.#restarts.text;
    await this.#restarts.look(this.#watched, this.#trees, { reads: this.schedule.isLookedAt, signal });
    if (this.#restarts.text !== before) this.#onChange();
    this.schedule.adjust();
  }

  #fail(error: unknown): void {
    this.#error = error;
    this.#missed += 1;
    // An open pipeline may have been deleted, so start over with the list.
    if (isGitLabError(error, 'not-found') && this.#watcher !== undefined) {
      this.#watcher = undefined;
      this.#trees.clear();
      this.#news.forget();
    }
    this.#onChange();
  }

  #watcherOf(open: OpenProject | undefined): PipelineWatcher | undefined {
    if (open === undefined) return undefined;
    if (this.#watcher !== undefined && this.#watched === open) return this.#watcher;
    this.#watched = open;
    this.#watcher = new PipelineWatcher({
      client: open.client,
      projectId: open.project.id,
      onList: (pipelines) => {
        this.#pipelines = pipelines;
        this.#onChange();
      },
      onTree: (tree) => {
        this.#trees.set(tree.pipeline.id, tree);
        this.#news.look(tree);
        this.#onChange();
      },
    });
    this.#askFor();
    for (const id of this.#waited.idsIn(open)) this.#news.watchStarted(id);
    return this.#watcher;
  }

  /** GitLab filters by branch or tag, but does not know types. */
  #askFor(): void {
    const { ref } = this.#filter;
    this.#watcher?.setFilter({ perPage: this.#wanted, ...(ref === undefined ? {} : { ref }) });
  }

  /** Pipelines that are over and no longer shown need no more looks. */
  #closeUnlisted(): void {
    const listed = new Set(this.all.map(({ id }) => id));
    for (const [id, { state }] of this.#trees) {
      if (listed.has(id) || phaseOf(state.status) !== 'over') continue;
      this.#watcher?.close(id);
      this.#trees.delete(id);
    }
  }

  /**
   * The newest pipeline in progress shows what is next, otherwise the newest of all. A filter by type needs the jobs of
   * all pipelines.
   */
  #openWanted(watcher: PipelineWatcher): boolean {
    const newest = this.all.find(({ status }) => phaseOf(status) !== 'over') ?? this.all[0];
    const wanted = this.#filter.type === undefined ? (newest === undefined ? [] : [newest]) : this.all;
    const ids = new Set([...wanted.map(({ id }) => id), ...this.#news.open]);
    const missing = [...ids].filter((id) => !this.#trees.has(id));
    for (const id of missing) watcher.open(id);
    return missing.length > 0;
  }
}
