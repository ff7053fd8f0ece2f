import type { PreparedStage } from '@omnia-buildstream/core/stage/preparedStage';
import type { PlayRefusal } from '../actions/judgePlay.ts';
import type { RetryRefusal } from '../actions/judgeRetry.ts';
import type { WriteCalls } from '../api/writes.ts';
import type { Bridge, Job } from '../model/job.ts';
import type { Pipeline } from '../model/pipeline.ts';
import type { PipelineNode } from '../tree/nodes.ts';
import { planOf } from './actionPlan.ts';
import { notBesideCadence } from './otherRuns.ts';
import type { OmniaProject } from './project.ts';
import { newChildTouches, playTouches, retryTouches, type Touches } from './touches.ts';
import { newChildShown, playShown, retryJobShown, retryPipelineShown, type Moved, type Written } from './writes.ts';

/** A planned write to GitLab, with the same contract as a stage of any other backend. */
export interface PreparedAction<Done, Reason> extends PreparedStage<WriteCalls, Written<Done, Reason | Moved>> {
  /** The effect in GitLab's terms: images, jobs, pipelines. */
  readonly touches: Touches;
}

/** Prepares Play on a job. @throws GitLabError, NotUtf8Error */
export async function preparePlay(
  project: OmniaProject,
  tree: PipelineNode,
  job: Job | Bridge,
  variables?: Readonly<Record<string, string>>,
): Promise<PreparedAction<Job | Bridge, PlayRefusal>> {
  const touches = await playTouches(project, tree, job);
  const shown = { rootId: tree.pipeline.id, of: job, touches, ...(variables !== undefined && { variables }) };
  const sends = ['play', String(tree.pipeline.id), job.name, JSON.stringify(variables ?? {})];
  return prepared(project, tree, { touches, sends, run: (calls) => playShown(project, shown, calls) });
}

/** Prepares a retry of what failed in a pipeline of a tree. @throws GitLabError, NotUtf8Error */
export async function prepareRetry(
  project: OmniaProject,
  tree: PipelineNode,
  { node, jobs }: { readonly node: PipelineNode; readonly jobs: readonly Job[] },
): Promise<PreparedAction<Pipeline, RetryRefusal>> {
  const touches = await retryTouches(project, tree, jobs);
  const shown = { rootId: tree.pipeline.id, of: node.pipeline.id, touches };
  const sends = ['retry', String(node.pipeline.id), ...jobs.map(({ name }) => name)];
  return prepared(project, tree, { touches, sends, run: (calls) => retryPipelineShown(project, shown, calls) });
}

/** Prepares a retry of one job. @throws GitLabError, NotUtf8Error */
export async function prepareRetryOfJob(
  project: OmniaProject,
  tree: PipelineNode,
  job: Job,
): Promise<PreparedAction<Job, RetryRefusal>> {
  const touches = await retryTouches(project, tree, [job]);
  const shown = { rootId: tree.pipeline.id, of: job, touches };
  const sends = ['retry-job', String(job.pipelineId ?? ''), job.name];
  return prepared(project, tree, { touches, sends, run: (calls) => retryJobShown(project, shown, calls) });
}

/** Prepares recreating a child from its parent. @throws GitLabError, NotUtf8Error */
export async function prepareNewChild(
  project: OmniaProject,
  tree: PipelineNode,
  { childId, bridge }: { readonly childId: number; readonly bridge: Bridge },
): Promise<PreparedAction<Bridge, RetryRefusal>> {
  const touches = await newChildTouches(project, tree, bridge);
  const shown = { rootId: tree.pipeline.id, of: childId, touches };
  const sends = ['new-child', String(childId), bridge.name];
  return prepared(project, tree, { touches, sends, run: (calls) => newChildShown(project, shown, calls) });
}

interface Wanted<Done, Reason> extends Pick<PreparedAction<Done, Reason>, 'touches' | 'run'> {
  /** What exactly is sent. */
  readonly sends: readonly string[];
}

function prepared<Done, Reason>(
  project: OmniaProject,
  { pipeline }: PipelineNode,
  { touches, sends, run }: Wanted<Done, Reason>,
): Promise<PreparedAction<Done, Reason>> {
  const plan = planOf(touches, sends);
  const close = () => Promise.resolve();
  return notBesideCadence<Written<Done, Reason | Moved>, PreparedAction<Done, Reason>>(project, pipeline.id, {
    ...plan,
    touches,
    isNothing: false,
    asks: true,
    run,
    close,
  });
}
