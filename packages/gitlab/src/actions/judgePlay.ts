import type { Bridge, Job } from '../model/job.ts';
import { phaseOf } from '../status/statuses.ts';
import { findCleanupRun, isCleanup } from '../tree/cleanupRun.ts';
import { findDeployRun, stageNames } from '../tree/deployRun.ts';
import type { PipelineNode } from '../tree/nodes.ts';

export type PlayRefusal =
  /** The job is not manual (anymore). */
  | 'not-manual'
  /** Deploy without an image group ends in "no image group selected"; GitLab does not enforce the order itself. */
  | 'choose-image-first'
  /** The select job is still running: its result would be missing. */
  | 'image-not-ready'
  /** The select job failed: retry or choose another. */
  | 'image-failed'
  /** If two images are chosen, the one whose job ends later wins, which is unpredictable. */
  | 'image-already-chosen'
  /** The image list was not created, or the job belongs to no loaded pipeline. */
  | 'unknown-job';

export type PlayJudgement = { readonly allowed: true } | { readonly allowed: false; readonly reason: PlayRefusal };

/** Whether Play on this job makes sense now. GitLab allows more, but anything beyond this ends badly. */
export function judgePlay(root: PipelineNode, job: Job | Bridge): PlayJudgement {
  if (job.status !== 'manual') return refuse('not-manual');
  const deploy = findDeployRun(root);
  if (job.pipelineId !== undefined && deploy?.node.pipeline.id === job.pipelineId) {
    return judgeAfterImage(deploy.images, job, job.stage === stageNames.deploy);
  }
  const cleanup = findCleanupRun(root);
  if (job.pipelineId !== undefined && cleanup?.node.pipeline.id === job.pipelineId) {
    return judgeAfterImage(cleanup.images, job, isCleanup(job));
  }
  return { allowed: true };
}

/** @param needsImage whether the job acts on the image group that was selected */
function judgeAfterImage(images: readonly Job[], job: Job | Bridge, needsImage: boolean): PlayJudgement {
  const chosen = images.filter(({ status }) => status !== 'manual' && status !== 'skipped');
  const passed = chosen.filter(({ status }) => status === 'success');
  const active = chosen.filter(({ status }) => phaseOf(status) === 'active');
  if (job.stage === stageNames.selectImage) {
    return passed.length + active.length > 0 ? refuse('image-already-chosen') : { allowed: true };
  }
  if (!needsImage || images.length === 0) return { allowed: true };
  if (active.length > 0) return refuse('image-not-ready');
  if (passed.length > 0) return { allowed: true };
  return refuse(chosen.length > 0 ? 'image-failed' : 'choose-image-first');
}

function refuse(reason: PlayRefusal): PlayJudgement {
  return { allowed: false, reason };
}
