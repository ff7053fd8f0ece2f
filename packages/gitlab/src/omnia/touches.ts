import type { Bridge, Job } from '../model/job.ts';
import { findDeployRun, imageGroupOf, stageNames } from '../tree/deployRun.ts';
import type { PipelineNode } from '../tree/nodes.ts';
import type { OmniaProject } from './project.ts';
import { planIdentity, planOfRun, type MappingPlan } from './serverPlan.ts';

/** What pressing Play on a job, or running jobs again, comes to. */
export type Touches =
  | { readonly kind: 'chooses-image'; readonly imageGroup: string }
  | {
      readonly kind: 'restarts';
      /** Deploy hands the images over first. */
      readonly deploys: boolean;
      /** Of the run; undefined: none is chosen, as far as anybody can see. */
      readonly imageGroup: string | undefined;
      /** Undefined: there is no mapping file. */
      readonly plan: MappingPlan | undefined;
    }
  /** No node is touched, as far as Omnia's stages go. */
  | { readonly kind: 'starts' };

type Named = Pick<Job | Bridge, 'stage' | 'pipelineId'> & { readonly name: string };

/** What Play on a job touches. @throws GitLabError, NotUtf8Error */
export async function playTouches(project: OmniaProject, root: PipelineNode, job: Named): Promise<Touches> {
  const run = findDeployRun(root);
  if (run === undefined || run.node.pipeline.id !== job.pipelineId) return { kind: 'starts' };
  if (job.stage === stageNames.selectImage) return { kind: 'chooses-image', imageGroup: imageGroupOf(job) };
  // In Omnia's child the restart stage follows deploy by itself.
  return job.stage === stageNames.deploy ? restarts(project, root, true) : { kind: 'starts' };
}

/** What running jobs again touches: what comes after them follows by itself. @throws GitLabError, NotUtf8Error */
export async function retryTouches(
  project: OmniaProject,
  root: PipelineNode,
  jobs: readonly Pick<Job, 'stage' | 'pipelineId'>[],
): Promise<Touches> {
  const run = findDeployRun(root);
  const stages = jobs.filter(({ pipelineId }) => pipelineId === run?.node.pipeline.id).map(({ stage }) => stage);
  const deploys = stages.includes(stageNames.deploy);
  return deploys || stages.includes(stageNames.restart) ? restarts(project, root, deploys) : { kind: 'starts' };
}

async function restarts(project: OmniaProject, root: PipelineNode, deploys: boolean): Promise<Touches> {
  const image = findDeployRun(root)?.images.find(({ status }) => status === 'success');
  const imageGroup = image === undefined ? undefined : imageGroupOf(image);
  return { kind: 'restarts', deploys, imageGroup, plan: await planOfRun(project, root) };
}

/** Whether two looks come to the same. */
export function isSameTouch(one: Touches, other: Touches): boolean {
  return textOf(one) === textOf(other);
}

function textOf(touches: Touches): string {
  if (touches.kind !== 'restarts') return JSON.stringify(touches);
  return `${String(touches.deploys)} ${touches.imageGroup ?? ''} ${planIdentity(touches.plan)}`;
}
