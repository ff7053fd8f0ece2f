import type { Bridge, Job } from '../model/job.ts';
import { phaseOf } from '../status/statuses.ts';
import { findDeployRun, type DeployRun } from '../tree/deployRun.ts';
import { bridgesOf, jobsOf, type PipelineNode } from '../tree/nodes.ts';
import { judgePlay } from './judgePlay.ts';
import { judgeRetryPipeline } from './judgeRetry.ts';
import { nextAction } from './nextAction.ts';

/** The progress of a guided deployment. It depends on the pipeline alone, so it can be left and resumed anywhere. */
export type GuideStep =
  /** The images are being listed, or the child is being created. */
  | { readonly kind: 'wait-for-images'; readonly on: readonly (Job | Bridge)[] }
  /** A web run offers a trigger job for each type: the one of deploy first. */
  | { readonly kind: 'play-trigger'; readonly job: Bridge }
  | { readonly kind: 'choose-image'; readonly images: readonly Job[] }
  | { readonly kind: 'wait-for-image'; readonly image: Job }
  /** No image is left to choose because selecting one failed. */
  | { readonly kind: 'retry-image'; readonly images: readonly Job[] }
  | { readonly kind: 'play-deploy'; readonly job: Job; readonly image: Job }
  /** Deploy was started; there is nothing to do. */
  | { readonly kind: 'follow'; readonly on: readonly Job[] }
  /** `pipelineId` is the pipeline that failed: POST the retry there, never to a trigger job. */
  | { readonly kind: 'retry'; readonly pipelineId: number; readonly jobs: readonly Job[] }
  /** GitLab does not show the whole pipeline. */
  | { readonly kind: 'hidden'; readonly pipelineIds: readonly number[] }
  | { readonly kind: 'done'; readonly status: string };

/** The guide step that a pipeline has reached. Pure. Jobs of other types in the same pipeline do not block it. */
export function guideStep(root: PipelineNode): GuideStep {
  const run = findDeployRun(root);
  return run === undefined ? beforeRun(root) : inRun(root, run);
}

function beforeRun(root: PipelineNode): GuideStep {
  const trigger = bridgesOf(root)
    .map(({ bridge }) => bridge)
    .find(({ name, status }) => status === 'manual' && /(^|[_\W])deploy([_\W]|$)/i.test(name));
  if (trigger !== undefined) return { kind: 'play-trigger', job: trigger };
  const action = nextAction(root);
  switch (action.kind) {
    case 'wait':
      return { kind: 'wait-for-images', on: action.on };
    case 'retry-downstream':
    case 'retry-pipeline':
      return { kind: 'retry', pipelineId: action.pipelineId, jobs: action.jobs };
    case 'hidden':
      return action;
    default:
      return { kind: 'done', status: root.state.status };
  }
}

function inRun(root: PipelineNode, run: DeployRun): GuideStep {
  const { node, images, deploy } = run;
  const selecting = images.find(isWorking);
  if (selecting !== undefined) return { kind: 'wait-for-image', image: selecting };
  if (deploy?.status === 'manual') return waitingForDeploy(root, run, deploy);
  const on = jobsOf(node).filter(isWorking);
  if (on.length > 0) return { kind: 'follow', on };
  const judgement = judgeRetryPipeline(node);
  if (node.state.status === 'failed' && judgement.allowed) {
    return { kind: 'retry', pipelineId: node.pipeline.id, jobs: judgement.jobs };
  }
  // Between two jobs, nothing runs for a moment.
  return phaseOf(node.state.status) === 'over' ? { kind: 'done', status: node.state.status } : { kind: 'follow', on };
}

function waitingForDeploy(root: PipelineNode, { images }: DeployRun, deploy: Job): GuideStep {
  const image = images.find(({ status }) => status === 'success');
  if (image !== undefined && judgePlay(root, deploy).allowed) return { kind: 'play-deploy', job: deploy, image };
  const manual = images.filter(({ status }) => status === 'manual');
  return manual.length > 0 ? { kind: 'choose-image', images: manual } : { kind: 'retry-image', images };
}

/** A `created` job waits for earlier stages, which may wait for a person. */
function isWorking({ status }: Job): boolean {
  return phaseOf(status) === 'active' && status !== 'created';
}
