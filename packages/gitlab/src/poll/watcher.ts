import { smallest } from '@omnia-buildstream/core/text/lists';
import type { GitLabClient } from '../api/client.ts';
import { loadTree } from '../api/loadTree.ts';
import type { PipelineFilter } from '../api/pipelines.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { phaseOf } from '../status/statuses.ts';
import { allPipelines, jobsOf, type PipelineNode } from '../tree/nodes.ts';
import { activityOf, isSettling, jobsKey, listKey, treeKey } from './fingerprint.ts';
import type { PollResult } from './poller.ts';

export interface WatcherOptions {
  readonly client: Pick<GitLabClient, 'pipelines' | 'jobs'>;
  readonly projectId: number;
  /** The list has different pipelines, or different states. */
  readonly onList: (pipelines: readonly Pipeline[]) => void;
  /** This tree differs from what was shown before. */
  readonly onTree: (tree: PipelineNode) => void;
}

/** What a view shows: a list of pipelines, and the trees of open ones. Polling an unchanged view takes one request. */
export class PipelineWatcher {
  readonly #options: WatcherOptions;
  readonly #trees = new Map<number, PipelineNode | undefined>();
  #filter: PipelineFilter = {};
  #list: readonly Pipeline[] | undefined;
  #jobsKey: string | undefined;

  constructor(options: WatcherOptions) {
    this.#options = options;
  }

  /** Shows other pipelines from the next poll on. */
  setFilter(filter: PipelineFilter): void {
    this.#filter = filter;
    this.#list = undefined;
  }

  /** Opens a pipeline; the next poll loads its tree. */
  open(pipelineId: number): void {
    if (!this.#trees.has(pipelineId)) this.#trees.set(pipelineId, undefined);
  }

  close(pipelineId: number): void {
    this.#trees.delete(pipelineId);
  }

  /** @throws GitLabError */
  async poll(signal: AbortSignal): Promise<PollResult> {
    const known = this.#known();
    const isComplete = this.#list !== undefined && known.length === this.#trees.size;
    const isChanged = !isComplete || (await this.#hasChanged(known, signal));
    if (isChanged) await this.#reload(signal);
    return { activity: activityOf(this.#known(), this.#list ?? []), isChanged };
  }

  #known(): PipelineNode[] {
    return [...this.#trees.values()].filter((tree) => tree !== undefined);
  }

  /**
   * Sends one request: for the project's jobs while pipelines are not over; for a pipeline itself while GitLab is still
   * updating its status and the list does not contain it, because of a filter or its age; otherwise for the list.
   */
  async #hasChanged(trees: readonly PipelineNode[], signal: AbortSignal): Promise<boolean> {
    const { client, projectId } = this.#options;
    const call = { signal, attempts: 1 };
    const areOpen = trees.filter(({ state }) => phaseOf(state.status) !== 'over');
    if (areOpen.length > 0 && !areOpen.some(isSettling)) {
      const jobs = await client.jobs.listOfProject(projectId, call);
      const oldest = jobs.length < 100 ? 0 : smallest(jobs.map(({ id }) => id));
      const before = this.#jobsKey;
      this.#jobsKey = jobsKey(jobs);
      return before !== this.#jobsKey || areOpen.some((tree) => hasOlderJobs(tree, oldest));
    }
    this.#jobsKey = undefined;
    const unlisted = areOpen.find((tree) => isSettling(tree) && !this.#isListed(tree));
    if (unlisted !== undefined) {
      const { id, status } = unlisted.pipeline;
      return (await client.pipelines.show(projectId, id, call)).status !== status;
    }
    const { pipelines } = await client.pipelines.list(projectId, this.#filter, call);
    return listKey(pipelines) !== listKey(this.#list ?? []);
  }

  #isListed({ pipeline }: PipelineNode): boolean {
    return this.#list?.some(({ id }) => id === pipeline.id) === true;
  }

  async #reload(signal: AbortSignal): Promise<void> {
    const { client, projectId, onList, onTree } = this.#options;
    const call = { signal };
    // Loaded before the trees, so that the next poll sees a change that happens in between.
    const jobs = await client.jobs.listOfProject(projectId, call);
    const { pipelines } = await client.pipelines.list(projectId, this.#filter, call);
    this.#jobsKey = jobsKey(jobs);
    if (this.#list === undefined || listKey(this.#list) !== listKey(pipelines)) onList(pipelines);
    this.#list = pipelines;
    for (const [pipelineId, before] of [...this.#trees]) {
      // A pipeline that is over does not change, unless the list says otherwise.
      if (before !== undefined && isStillOver(before, pipelines)) continue;
      const tree = await loadTree(client, { projectId, pipelineId }, call);
      if (!this.#trees.has(pipelineId)) continue;
      this.#trees.set(pipelineId, tree);
      if (before === undefined || treeKey(before) !== treeKey(tree)) onTree(tree);
    }
  }
}

function isStillOver({ state, pipeline }: PipelineNode, pipelines: readonly Pipeline[]): boolean {
  if (phaseOf(state.status) !== 'over') return false;
  const now = pipelines.find(({ id }) => id === pipeline.id);
  return now?.status === pipeline.status && now.updatedMs === pipeline.updatedMs;
}

/** Whether the tree has running jobs that are older than the newest hundred jobs of the project. */
function hasOlderJobs(tree: PipelineNode, oldestId: number): boolean {
  return allPipelines(tree)
    .flatMap(jobsOf)
    .some(({ id, status }) => id < oldestId && phaseOf(status) === 'active' && status !== 'created');
}
