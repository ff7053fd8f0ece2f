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
  /** Nodes of the project that is shown. */
  readonly nodes: () => readonly NodeInfo[];
  /** Called once a restart that was seen running is over. Never rejects. */
  readonly onEnd: (open: OpenProject, tree: PipelineNode) => Promise<void>;
}

interface Followed {
  readonly pipelineId: number;
  readonly follower: RestartFollower;
}

/** Shows on nodes what the log of a restart in GitLab says about them, and which of them it waits for. */
export class RestartWatch {
  readonly #parts: RestartParts;
  #followed: Followed | undefined;
  #text = '';

  constructor(parts: RestartParts) {
    this.#parts = parts;
  }

  /** Whether a restart was running at the last look. */
  get isFollowing(): boolean {
    return this.#followed !== undefined;
  }

  /** Progress of the restart, in the user's language. Empty if none is running, or if nothing was read about it. */
  get text(): string {
    return this.#text;
  }

  /**
   * Called after each look at pipelines.
   * @param reads false if nobody is watching, so that the log is left alone
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

  /** Called after a change of account or project. */
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
      // The log may be hidden from this token; the pipeline is still shown.
      if (!isGitLabError(error)) throw error;
    }
    if (this.#followed !== followed) return;
    const told = toldRun(pipelineId, follower.log, this.#parts.nodes());
    this.#text = told.progress;
    this.#parts.live.setElsewhere(told);
  }
}

/** The newest restart that is running now. */
function runningRestart(trees: ReadonlyMap<number, PipelineNode>): Followed | undefined {
  for (const [pipelineId, tree] of [...trees].sort(([one], [other]) => other - one)) {
    const restart = findDeployRun(tree)?.restart;
    if (restart?.status === 'running') return { pipelineId, follower: new RestartFollower(restart) };
  }
  return undefined;
}
