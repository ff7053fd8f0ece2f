import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import { judgePlay, type PlayRefusal } from '../actions/judgePlay.ts';
import { judgeRetryJob, judgeRetryPipeline, type RetryRefusal } from '../actions/judgeRetry.ts';
import type { Outcome } from '../api/outcome.ts';
import type { NewPipeline } from '../api/pipelines.ts';
import { playJob, retryBridge, retryJob, retryPipeline, startPipeline, type WriteCalls } from '../api/writes.ts';
import type { Bridge, Job } from '../model/job.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { phaseOf } from '../status/statuses.ts';
import { allPipelines, bridgesOf, jobsOf, type PipelineNode } from '../tree/nodes.ts';
import { actionObstacles } from './actionPlan.ts';
import { currentTree, type OmniaProject } from './project.ts';
import { judgeNewChild } from './retryWays.ts';
import { isSameTouch, newChildTouches, playTouches, retryTouches, type Touches } from './touches.ts';

/**
 * The writes of Omnia's project. Each checks the pipeline again before it sends anything: someone else may have clicked
 * while the question was open, so that what was shown is no longer what would happen.
 */
export type Written<T, Reason> = Outcome<T> | { readonly kind: 'refused'; readonly reason: Reason };

/** What was shown is no longer what would happen. Nothing was sent. */
export type Moved = 'plan-changed';

interface Shown<Of> {
  readonly rootId: number;
  readonly of: Of;
  /** The effect that the user agreed to. */
  readonly touches: Touches;
}

/** Presses Play. @throws GitLabError, NotUtf8Error, UserError */
export async function playShown(
  project: OmniaProject,
  { rootId, of, touches, variables }: Shown<Job | Bridge> & { readonly variables?: Readonly<Record<string, string>> },
  calls: WriteCalls,
): Promise<Written<Job | Bridge, PlayRefusal | Moved>> {
  const tree = await currentTree(project, rootId);
  const found = findPlayable(tree, of);
  if ('reason' in found) return { kind: 'refused', reason: found.reason };
  if (!isAsShown(touches, await playTouches(project, tree, found.job))) {
    return { kind: 'refused', reason: 'plan-changed' };
  }
  const projectId = found.job.projectId ?? project.project.id;
  const target = { projectId, job: found.job, ...(variables !== undefined && { variables }) };
  return playJob(project.client, target, calls);
}

/** Whether the effect is still the one that was agreed to. @throws UserError if something prevents it */
function isAsShown(shown: Touches, now: Touches): boolean {
  refuseObstacles({ obstacles: actionObstacles(shown) });
  return isSameTouch(shown, now);
}

/** Finds the job by name, because a retry may have created a new job since the tree was drawn. */
export function findPlayable(
  tree: PipelineNode,
  { name, pipelineId }: Pick<Job | Bridge, 'name' | 'pipelineId'>,
): { readonly job: Job | Bridge } | { readonly reason: PlayRefusal } {
  const job = allPipelines(tree)
    .filter(({ pipeline }) => pipelineId === undefined || pipeline.id === pipelineId)
    .flatMap((node) => [...jobsOf(node), ...bridgesOf(node).map(({ bridge }) => bridge)])
    .find((one) => one.name === name);
  if (job === undefined) return { reason: 'unknown-job' };
  const judgement = judgePlay(tree, job);
  return judgement.allowed ? { job } : { reason: judgement.reason };
}

/** Retries what failed in a pipeline of a tree. @throws GitLabError, NotUtf8Error, UserError */
export async function retryPipelineShown(
  project: OmniaProject,
  shown: Shown<number>,
  calls: WriteCalls,
): Promise<Written<Pipeline, RetryRefusal | Moved>> {
  const now = await retryableNow(project, shown);
  if ('reason' in now) return { kind: 'refused', reason: now.reason };
  const projectId = now.node.pipeline.projectId ?? project.project.id;
  return retryPipeline(project.client, { projectId, pipelineId: shown.of }, calls);
}

/**
 * Why the retry that was shown can no longer be sent. Undefined if it can. Before a commit is made, called with the
 * project as that commit leaves it (`withMarks`). @throws GitLabError, NotUtf8Error, UserError
 */
export async function retryRefusedNow(
  project: OmniaProject,
  shown: Shown<number>,
): Promise<RetryRefusal | Moved | undefined> {
  const now = await retryableNow(project, shown);
  return 'reason' in now ? now.reason : undefined;
}

async function retryableNow(
  project: OmniaProject,
  { rootId, of: pipelineId, touches }: Shown<number>,
): Promise<{ readonly node: PipelineNode } | { readonly reason: RetryRefusal | Moved }> {
  const tree = await currentTree(project, rootId);
  const node = allPipelines(tree).find(({ pipeline }) => pipeline.id === pipelineId);
  if (node === undefined) return { reason: 'nothing-failed' };
  const judgement = judgeRetryPipeline(node);
  if (!judgement.allowed) return { reason: judgement.reason };
  return isAsShown(touches, await retryTouches(project, tree, judgement.jobs)) ? { node } : { reason: 'plan-changed' };
}

/** Retries one job. @throws GitLabError, NotUtf8Error, UserError */
export async function retryJobShown(
  project: OmniaProject,
  { rootId, of: shown, touches }: Shown<Job>,
  calls: WriteCalls,
): Promise<Written<Job, RetryRefusal | Moved>> {
  const tree = await currentTree(project, rootId);
  const job = allPipelines(tree)
    .flatMap(jobsOf)
    .find(({ name, pipelineId }) => name === shown.name && pipelineId === shown.pipelineId);
  const judgement = judgeRetryJob(job ?? shown);
  if (!judgement.allowed || job === undefined) {
    return { kind: 'refused', reason: judgement.allowed ? 'nothing-failed' : judgement.reason };
  }
  if (!isAsShown(touches, await retryTouches(project, tree, [job]))) return { kind: 'refused', reason: 'plan-changed' };
  return retryJob(project.client, { projectId: job.projectId ?? project.project.id, job }, calls);
}

/** Recreates a child pipeline from its parent. @throws GitLabError, NotUtf8Error, UserError */
export async function newChildShown(
  project: OmniaProject,
  shown: Shown<number>,
  calls: WriteCalls,
): Promise<Written<Bridge, RetryRefusal | Moved>> {
  const now = await makeableNow(project, shown);
  if ('reason' in now) return { kind: 'refused', reason: now.reason };
  const { bridge } = now;
  return retryBridge(project.client, { projectId: bridge.projectId ?? project.project.id, bridge }, calls);
}

/**
 * Why a child can no longer be recreated as it was shown. Undefined if it can.
 * @throws GitLabError, NotUtf8Error, UserError
 */
export async function newChildRefusedNow(
  project: OmniaProject,
  shown: Shown<number>,
): Promise<RetryRefusal | Moved | undefined> {
  const now = await makeableNow(project, shown);
  return 'reason' in now ? now.reason : undefined;
}

async function makeableNow(
  project: OmniaProject,
  { rootId, of: childId, touches }: Shown<number>,
): Promise<{ readonly bridge: Bridge } | { readonly reason: RetryRefusal | Moved }> {
  const tree = await currentTree(project, rootId);
  const judgement = judgeNewChild(tree, childId);
  if (!judgement.allowed) return { reason: judgement.reason };
  const { bridge } = judgement;
  return isAsShown(touches, await newChildTouches(project, tree, bridge)) ? { bridge } : { reason: 'plan-changed' };
}

/** What a pipeline is started from, as it was shown. */
export interface StartShown {
  readonly pipeline: NewPipeline;
  /** Head of the ref. Undefined if no commit is visible. */
  readonly headId: string | undefined;
  /** Numbers of the pipelines that were running or waiting. */
  readonly goingOn: readonly number[];
}

/** What a start depends on. @throws GitLabError */
export async function startFacts(
  { client, project, reading }: OmniaProject,
  ref: string,
): Promise<Omit<StartShown, 'pipeline'> & { readonly title: string | undefined }> {
  const [[head], { pipelines }] = await Promise.all([
    client.files.commits(project.id, { ref, count: 1 }, reading()),
    client.pipelines.list(project.id, { perPage: 20 }, reading()),
  ]);
  const goingOn = pipelines.filter(({ status }) => ['active', 'waiting'].includes(phaseOf(status))).map(({ id }) => id);
  return { headId: head?.id, title: head?.title, goingOn };
}

/** Starts a pipeline if what was shown still applies. @throws GitLabError */
export async function startPipelineShown(
  project: OmniaProject,
  { pipeline, headId, goingOn }: StartShown,
  calls: WriteCalls,
): Promise<Written<Pipeline, 'head-moved' | 'another-pipeline'>> {
  const now = await startFacts(project, pipeline.ref);
  if (now.headId !== headId) return { kind: 'refused', reason: 'head-moved' };
  if (now.goingOn.some((id) => !goingOn.includes(id))) return { kind: 'refused', reason: 'another-pipeline' };
  return startPipeline(project.client, { projectId: project.project.id, pipeline }, calls);
}
