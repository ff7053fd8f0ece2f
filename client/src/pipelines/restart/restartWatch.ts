import { isGitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { RestartFollower } from '@omnia-buildstream/gitlab/poll/restartFollower';
import { findDeployRun } from '@omnia-buildstream/gitlab/tree/deployRun';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import type { LiveNodes } from '../../nodes/liveNodes.ts';
import { clock } from '../../platform/clock.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { toldRun } from './toldRun.ts';

export interface RestartParts {
  readonly live: Pick<LiveNodes, 'setElsewhere'>;
  /** Those of the project that is shown. */
  readonly nodes: () => readonly NodeInfo[];
  /** A restart that was seen while it ran is over. Never rejects. */
  readonly onEnd: (open: OpenProject, tree: PipelineNode) => Promise<void>;
}

interface Followed {
  readonly pipelineId: number;
  readonly follower: RestartFollower;
}

/** Shows on nodes what the log of a restart in GitLab tells, and which of them it waits for. */
export class RestartWatch {
  readonly #parts: RestartParts;
  #followed: Followed | undefined;
  #text = '';

  constructor(parts: RestartParts) {
    this.#parts = parts;
  }

  /** A restart runs, as far as the last look tells. */
  get isFollowing(): boolean {
    return this.#followed !== undefined;
  }

  /** How far it is, in the user's language; empty: none runs, or nothing was read of it. */
  get text(): string {
    return this.#text;
  }

  /**
   * After each look at pipelines.
   * @param reads false: nobody looks at nodes, so that the log is left alone
   */
  async look(
    open: OpenProject,
    trees: ReadonlyMap<number, PipelineNode>,
    { reads, signal }: { readonly reads: boolean; readonly signal: AbortSignal },
  ): Promise<void> {
    const running = runningRestart(trees);
    const before = this.#followed;
    if (before !== undefined && before.follower.job.id !== running?.follower.job.id) {
      const tree = trees.get(before.pipelineId);
      this.#followed = undefined;
      this.#text = '';
      if (tree !== undefined) await this.#parts.onEnd(open, tree);
      if (running === undefined) this.#parts.live.setElsewhere(undefined);
    }
    if (running === undefined) return;
    this.#followed ??= running;
    if (reads) await this.#read(open, this.#followed, signal);
  }

  /** Another account or project. */
  clear(): void {
    this.#followed = undefined;
    this.#text = '';
    this.#parts.live.setElsewhere(undefined);
  }

  async #read({ client, project }: OpenProject, followed: Followed, signal: AbortSignal): Promise<void> {
    const { pipelineId, follower } = followed;
    try {
      await follower.look(client, { projectId: project.id, nowMs: clock.monotonic() }, signal);
    } catch (error) {
      // The log may be hidden from this token: the pipeline is shown all the same.
      if (!isGitLabError(error)) throw error;
    }
    if (this.#followed !== followed) return;
    const told = toldRun(pipelineId, follower.log, this.#parts.nodes());
    this.#text = told.progress;
    this.#parts.live.setElsewhere(told);
  }
}

/** The newest restart that runs now. */
function runningRestart(trees: ReadonlyMap<number, PipelineNode>): Followed | undefined {
  for (const [pipelineId, tree] of [...trees].sort(([one], [other]) => other - one)) {
    const restart = findDeployRun(tree)?.restart;
    if (restart?.status === 'running') return { pipelineId, follower: new RestartFollower(restart) };
  }
  return undefined;
}
