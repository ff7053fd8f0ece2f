import type { Bridge, Job } from '../model/job.ts';
import { phaseOf } from '../status/statuses.ts';
import { findDeployRun, type DeployRun } from '../tree/deployRun.ts';
import { allPipelines, bridgesOf, hiddenIn, jobsOf, type PipelineNode } from '../tree/nodes.ts';
import { judgePlay } from './judgePlay.ts';
import { judgeRetryPipeline } from './judgeRetry.ts';

/** What a person can or has to do next with a pipeline. */
export type NextAction =
  /** Wait, because it is running. `on` lists the jobs. */
  | { readonly kind: 'wait'; readonly on: readonly (Job | Bridge)[] }
  | { readonly kind: 'choose-image'; readonly pipelineId: number; readonly images: readonly Job[] }
  /** Selecting failed for every chosen image. */
  | { readonly kind: 'retry-image'; readonly pipelineId: number; readonly images: readonly Job[] }
  | { readonly kind: 'play-deploy'; readonly pipelineId: number; readonly job: Job; readonly image: Job }
  /** A web run without PIPELINE_TYPE offers a button for each type; also any other manual job. */
  | { readonly kind: 'play'; readonly jobs: readonly (Job | Bridge)[] }
  /** `pipelineId` is the child: POST the retry there, never to the bridge. */
  | { readonly kind: 'retry-downstream'; readonly pipelineId: number; readonly jobs: readonly Job[] }
  /** The pipeline itself has failed jobs, for example list_images. */
  | { readonly kind: 'retry-pipeline'; readonly pipelineId: number; readonly jobs: readonly Job[] }
  /** GitLab does not show the whole pipeline, so the next action is unknown. */
  | { readonly kind: 'hidden'; readonly pipelineIds: readonly number[] }
  | { readonly kind: 'done'; readonly status: string };

/** The next action for a loaded tree. Pure: the same tree gives the same answer. */
export function nextAction(root: PipelineNode): NextAction {
  return waitForJobs(root) ?? guideDeploy(root) ?? retry(root) ?? playOther(root) ?? rest(root);
}

/** Waits for jobs and for bridges without a child. Other bridges run as long as their child waits for a click. */
function waitForJobs(root: PipelineNode): NextAction | undefined {
  const active = allPipelines(root).flatMap((node) => jobsOf(node).filter(isActive));
  const starting = allPipelines(root)
    .flatMap(bridgesOf)
    .filter(({ bridge, child }) => isActive(bridge) && child === undefined)
    .map(({ bridge }) => bridge);
  const on = [...active, ...starting];
  return on.length === 0 ? undefined : { kind: 'wait', on };
}

/** A `created` job waits for earlier stages, which may wait for a person. */
function isActive({ status }: Job | Bridge): boolean {
  return phaseOf(status) === 'active' && status !== 'created';
}

function guideDeploy(root: PipelineNode): NextAction | undefined {
  const run = findDeployRun(root);
  if (run?.deploy?.status !== 'manual') return undefined;
  const pipelineId = run.node.pipeline.id;
  if (judgePlay(root, run.deploy).allowed) {
    return { kind: 'play-deploy', pipelineId, job: run.deploy, image: chosenImage(run) };
  }
  const images = run.images.filter(({ status }) => status === 'manual');
  if (images.length > 0) return { kind: 'choose-image', pipelineId, images };
  const failed = run.images.filter(({ status }) => status === 'failed' || status === 'canceled');
  return failed.length === 0 ? undefined : { kind: 'retry-image', pipelineId, images: failed };
}

function chosenImage({ images, deploy }: DeployRun): Job {
  const chosen = images.find(({ status }) => status === 'success') ?? deploy;
  if (chosen === undefined) throw new Error('Deploy may be run only after an image was selected.');
  return chosen;
}

/** Retries the deepest failed pipeline, because those above it failed because of it. */
function retry(root: PipelineNode): NextAction | undefined {
  for (const node of allPipelines(root).reverse()) {
    if (node.state.status !== 'failed') continue;
    const judgement = judgeRetryPipeline(node);
    if (!judgement.allowed) continue;
    const kind = node.depth === 0 ? 'retry-pipeline' : 'retry-downstream';
    return { kind, pipelineId: node.pipeline.id, jobs: judgement.jobs };
  }
  return undefined;
}

/** Manual jobs that block a pipeline. Optional manual jobs of a finished pipeline need no action. */
function playOther(root: PipelineNode): NextAction | undefined {
  const jobs = allPipelines(root)
    .filter(({ state }) => phaseOf(state.status) !== 'over' || state.status === 'skipped')
    .flatMap((node) => [...jobsOf(node), ...bridgesOf(node).map(({ bridge }) => bridge)])
    .filter(({ status }) => status === 'manual')
    .filter((job) => judgePlay(root, job).allowed);
  return jobs.length === 0 ? undefined : { kind: 'play', jobs };
}

function rest(root: PipelineNode): NextAction {
  const { status } = root.state;
  const hidden = hiddenIn(root).map(({ pipeline }) => pipeline.id);
  if (hidden.length > 0 && status !== 'success') return { kind: 'hidden', pipelineIds: hidden };
  return phaseOf(status) === 'active' ? { kind: 'wait', on: [] } : { kind: 'done', status };
}
