import type { GitLabClient } from '../api/client.ts';
import type { Clock } from '../clock.ts';
import { isGitLabError } from '../errors/gitlabError.ts';
import type { PipelineNode } from '../tree/nodes.ts';
import { nextDelayMs, type PollHistory } from './delay.ts';
import { PipelineWatcher } from './watcher.ts';

export interface FollowTarget {
  readonly projectId: number;
  readonly pipelineId: number;
  /** Called for each change; true stops following. */
  readonly until: (tree: PipelineNode) => boolean;
}

/**
 * Polls a pipeline until a condition holds, with the pauses of the view. Waits for a server that fails temporarily.
 * Aborting the signal only stops following; nothing on the server is canceled.
 * @returns the tree for which the condition held; undefined if the signal aborted first
 * @throws GitLabError if continuing makes no sense: signed out, no permission, gone
 */
export async function followPipeline(
  client: Pick<GitLabClient, 'pipelines' | 'jobs'>,
  { projectId, pipelineId, until }: FollowTarget,
  { clock, random, signal }: { clock: Clock; random: () => number; signal: AbortSignal },
): Promise<PipelineNode | undefined> {
  let tree: PipelineNode | undefined;
  const watcher = new PipelineWatcher({
    client,
    projectId,
    onList: () => undefined,
    onTree: (changed) => {
      if (changed.pipeline.id === pipelineId) tree = changed;
    },
  });
  watcher.open(pipelineId);
  let history: PollHistory = { activity: 'running', unchangedPolls: 0, failedPolls: 0, lastError: undefined };
  try {
    for (;;) {
      history = await look(watcher, history, signal);
      const isNew = history.unchangedPolls === 0 && history.failedPolls === 0;
      if (tree !== undefined && isNew && until(tree)) return tree;
      await clock.sleep(nextDelayMs(history, random()), signal);
    }
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

async function look(watcher: PipelineWatcher, history: PollHistory, signal: AbortSignal): Promise<PollHistory> {
  try {
    const { activity, isChanged } = await watcher.poll(signal);
    const unchangedPolls = isChanged ? 0 : history.unchangedPolls + 1;
    return { activity, unchangedPolls, failedPolls: 0, lastError: undefined };
  } catch (error) {
    const passes = isGitLabError(error, 'not-reachable', 'rate-limited', 'server-failed', 'timed-out');
    if (!passes || signal.aborted) throw error;
    return { ...history, failedPolls: history.failedPolls + 1, lastError: error };
  }
}
